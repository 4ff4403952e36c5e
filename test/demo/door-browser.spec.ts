import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { startDoor } from './support/door'
import { listen } from './support/listen'
import { expect, test } from './support/system'

const makeOrder = (page: Page, id: string, userId?: string) =>
  page.evaluate(
    ([id, userId]) => {
      if (userId) window.ordertrace.setUser(userId)
      return window.ordertrace.order('submit', { id }, () => fetch('/api/products'))
    },
    [id, userId] as [string, string?],
  )

test('in the shop’s own pages a span has the customer of the session, and a name put on in the console is marked', async ({
  page,
  system,
  collector,
}) => {
  await page.goto(system.shopUrl)
  await page.waitForFunction(() => 'diagnostics' in (window.ordertrace ?? {}))
  const { userId } = await page.evaluate(async () => (await fetch('/api/session', { method: 'POST' })).json())
  const find = (orderId: string) =>
    collector.waitForSpan(({ name, attributes }) => name === 'order.submit' && attributes.order_id === orderId)
  await makeOrder(page, 'o-own', userId)
  const own = (await find('o-own')).attributes
  expect([own.user_id, own['ordertrace.user.unconfirmed']]).toEqual([userId, undefined])
  await makeOrder(page, 'o-forged', 'u-somebodyelse')
  const forged = (await find('o-forged')).attributes
  expect([forged.user_id, forged['ordertrace.user.unconfirmed']]).toEqual(['u-somebodyelse', 'other-login'])
})

test('a page on another origin of ours is taken from by CORS, one that is not ours is not, and both go on working', async ({
  page,
}) => {
  const script = readFileSync(new URL('../../dist/ordertrace.min.js', import.meta.url))
  let doorUrl = ''
  const serve = () =>
    listen(
      createServer((request, response) => {
        if (request.url === '/ordertrace.min.js') return void response.end(script)
        if (request.url?.startsWith('/api/')) return void response.end('[]')
        const tag = `<script src="/ordertrace.min.js" data-service="crm" data-collector="${doorUrl}/v1/traces"></script>`
        response.setHeader('content-type', 'text/html').end(`<title>CRM</title>${tag}`)
      }),
    )
  const [ours, foreign] = [await serve(), await serve()]
  // Three requests in two seconds: the fourth order has to wait, and is not lost.
  const door = await startDoor({ windowSeconds: 2, address: { requests: 3, spans: 100 } }, { origin: ours.url })
  doorUrl = door.url

  await page.goto(ours.url)
  for (const id of ['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6']) {
    await makeOrder(page, id, 'u-1')
    await page.evaluate(() => window.ordertrace.flush())
  }
  const isLast = ({ attributes }: { attributes: object }) => (attributes as { order_id?: string }).order_id === 'o-6'
  const last = await door.collector.waitForSpan((span) => span.name === 'order.submit' && isLast(span))
  expect(last.attributes).toMatchObject({ user_id: 'u-1', 'ordertrace.user.unconfirmed': 'unknown' })
  expect(await door.counted('requests', 'too_many')).toBeGreaterThan(0)
  const orders = door.collector.spans
    .filter(({ name }) => name === 'order.submit')
    .map(({ attributes }) => attributes.order_id)
  expect(orders.sort()).toEqual(['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6'])

  await page.goto(foreign.url)
  expect(await makeOrder(page, 'o-foreign').then(() => 'done')).toBe('done')
  await page.evaluate(() => window.ordertrace.flush())
  expect(door.collector.spans.filter(({ attributes }) => attributes.order_id === 'o-foreign')).toEqual([])
  await Promise.all([ours.stop(), foreign.stop(), door.stop()])
})
