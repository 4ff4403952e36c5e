import { readFile } from 'node:fs/promises'
import { findOrderSpans } from '../../demo/walk/query-client'
import type { TraceSpan } from '../../demo/walk/trace-span'
import { expect, test } from './support/crm'
import { placeOrder } from './support/placed-order'
import { edgesOf, orphansIn } from './support/trace-edges'

/** What each step touches. */
const told = [
  'crm → crm-api',
  'crm-api → mes-api',
  'crm-api → queue',
  'crm-api → shop-db',
  'mes-api → mes-db',
  'mes-api → queue',
]
const steps = {
  model: { edges: ['crm → crm-api', 'crm-api → 3d-files', 'crm-api → shop-db'], method: 'GET' },
  approve: { edges: told, method: 'POST' },
  ship: { edges: told, method: 'POST' },
  close: { edges: ['crm → crm-api', 'crm-api → shop-db'], method: 'POST' },
}

test('a manager looks at the model, approves, ships and closes by clicking; each is one trace with its own links', async ({
  customer,
  operator,
  crm,
  system,
  findStep,
}) => {
  const id = await placeOrder({ customer, operator })
  const work = async (name: string, body?: unknown) => {
    const { status, traceId } = await operator.post(`/api/orders/${id}/${name}`, body)
    expect(status, name).toBe(200)
    return traceId
  }
  const status = crm.getByTestId('status')
  await crm.goto(`${system.crmUrl}/orders/${id}`)
  await expect(status).toHaveText('Шаг 2 из 9: Оформлен')

  const priced = await work('price', { material: 'silver-925' })
  await expect(async () => {
    await crm.getByRole('button', { name: 'Обновить' }).click()
    await expect(status).toHaveText('Шаг 3 из 9: Цена рассчитана', { timeout: 500 })
  }).toPass()
  const downloads = crm.waitForEvent('download')
  await crm.getByRole('button', { name: 'Скачать модель' }).click()
  const file = await downloads
  expect([file.suggestedFilename(), await readFile(await file.path(), 'utf8')]).toEqual(['Кольцо.stl', 'solid ring'])

  await crm.getByRole('button', { name: 'Подтвердить заказ' }).click()
  await expect(crm.getByRole('status').filter({ hasText: 'передан в производство' })).toBeVisible()
  await expect(status).toHaveText('Шаг 4 из 9: Подтверждён')
  await operator.waitForStatus(id, 'MANUFACTURING_APPROVED')
  for (const name of ['take', 'start', 'complete']) await work(name)
  const packed = await work('package')

  await expect(async () => {
    await crm.reload()
    await expect(status).toHaveText('Шаг 7 из 9: Упакован', { timeout: 500 })
  }).toPass()
  await crm.getByRole('button', { name: 'Отметить отправку' }).click()
  await expect(status).toHaveText('Шаг 8 из 9: Отправлен')
  await crm.getByRole('button', { name: 'Закрыть заказ' }).click()
  await expect(status).toHaveText('Шаг 9 из 9: Закрыт')
  await expect(crm.getByText('Делать больше ничего не нужно')).toBeVisible()
  await expect(crm.locator('.history li')).toHaveCount(9)

  const traces = new Map<string, TraceSpan[]>()
  for (const [step, { edges, method }] of Object.entries(steps)) {
    const isWhole = (spans: TraceSpan[]) => edges.every((edge) => edgesOf(spans).includes(edge)) && isClosed(spans)
    const spans = await findStep({ orderId: id, step, isWhole })
    expect(edgesOf(spans), step).toEqual(edges)
    checkSpans(spans, { step, id, method })
    traces.set(step, spans)
  }
  expect(new Set([...traces.values()].map((spans) => spans[0]?.traceId)).size).toBe(4)

  // Each step is linked to the one before it, across the services.
  const linked = (step: string) => serverOf(traces.get(step))?.links.map((link) => link.traceId)
  expect(linked('approve')).toEqual([priced])
  expect(linked('ship')).toEqual([packed])
  expect(serverOf(traces.get('close'))?.links).toEqual([
    { traceId: serverOf(traces.get('ship'))?.traceId, spanId: serverOf(traces.get('ship'))?.spanId },
  ])
  const all = await findOrderSpans(system.queryUrl, { service: 'crm-api', orderId: id })
  expect(all.filter((span) => span.service === 'crm' && span.name.startsWith('order.')).length).toBe(4)
})

test('whoever comes to the terminal next takes steps in a session and in traces of his own', async ({
  customer,
  operator,
  crm,
  system,
  logInAs,
  findStep,
}) => {
  const id = await placeOrder({ customer, operator })
  await crm.goto(`${system.crmUrl}/orders/${id}`)
  const read = async () => {
    const download = crm.waitForEvent('download')
    await crm.getByRole('button', { name: 'Скачать модель' }).click()
    await download
  }
  const spansOf = (userId: string) =>
    findStep({
      orderId: id,
      step: 'model',
      isWhole: (found) => isClosed(found) && serverOf(found)?.attributes.user_id === userId,
    })
  await read()
  const first = await spansOf('u-manager-1')
  await logInAs('u-manager-2')
  await crm.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(crm.getByRole('banner')).toContainText('Илья Серов')
  await read()
  const second = await spansOf('u-manager-2')

  for (const [spans, userId] of [
    [first, 'u-manager-1'],
    [second, 'u-manager-2'],
  ] as const) {
    expect([...new Set(spans.map((span) => span.attributes.user_id))]).toEqual([userId])
  }
  const sessions = [first, second].map(
    (spans) => spans.find(({ service }) => service === 'crm')?.attributes['session.id'],
  )
  expect(sessions[0]).toMatch(/^[\da-f]{32}$/)
  expect(sessions[1]).toMatch(/^[\da-f]{32}$/)
  expect(sessions[1]).not.toBe(sessions[0])
})

/** One operation in the browser, one request of it, both ids on every span, nobody's name on any, and no span without its parent. */
function checkSpans(spans: TraceSpan[], { step, id, method }: { step: string; id: string; method: string }): void {
  const roots = spans.filter((span) => span.parentSpanId === undefined)
  expect(roots, step).toMatchObject([
    { service: 'crm', name: `order.${step}`, attributes: { 'order.outcome': 'confirmed' } },
  ])
  expect(orphansIn(spans), step).toEqual([])
  const browser = spans.filter((span) => span.service === 'crm' && span.kind === 'client')
  expect(browser, step).toMatchObject([{ name: method, parentSpanId: roots[0]?.spanId }])
  expect(serverOf(spans)?.parentSpanId, step).toBe(browser[0]?.spanId)
  for (const span of spans) {
    const what = `${step}: ${span.service}: ${span.name}`
    expect(span.attributes, what).toMatchObject({ order_id: id, user_id: 'u-manager-1' })
    expect(span.failed, what).toBe(false)
  }
  expect(JSON.stringify(spans, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
    /Мария|Орлова|manager1|Кольцо/,
  )
}

function serverOf(spans: TraceSpan[] = []): TraceSpan | undefined {
  return spans.find((span) => span.service === 'crm-api' && span.kind === 'server')
}

/** Has everything arrived that others refer to? */
function isClosed(spans: TraceSpan[]): boolean {
  return orphansIn(spans).length === 0
}
