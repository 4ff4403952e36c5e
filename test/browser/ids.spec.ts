import { expect, sentText, test } from '../support/traces-test'

test('an order id known only at the end is on every span, also on those that ended before', async ({
  traced,
  traces,
}) => {
  const page = await traced({ userId: 'u-7' })
  await page.evaluate(() =>
    window.tracing.order('submit', async (order) => {
      await order.step('upload', () => fetch('/api/models', { method: 'PUT', body: 'solid' }))
      const created = await (await fetch('/api/orders', { method: 'POST' })).json()
      await new Promise((resolve) => setTimeout(resolve, 20))
      order.setId(created.id)
    }),
  )
  const order = await traces.waitForSpan({ name: 'order.submit' })
  const spans = traces.spans({ traceId: order.traceId })
  expect(spans.map(({ name }) => name).sort()).toEqual(['POST', 'PUT', 'order.submit', 'order.submit.upload'])
  for (const { attributes } of spans) expect(attributes).toMatchObject({ order_id: 'o-42', user_id: 'u-7' })
  await expect(traces.order('o-42')).toBeUnbroken()
})

test('a user who logs in during the operation is on every span; one who was there stays', async ({
  traced,
  traces,
}) => {
  const page = await traced()
  await page.evaluate(async () => {
    await window.tracing.order('submit', { id: 'o-1' }, async () => {
      await fetch('/api/login')
      window.tracing.setUser('u-1')
      await fetch('/api/orders')
    })
    const slow = window.tracing.startOrder('confirm', { id: 'o-2' })
    window.tracing.setUser('u-2')
    await slow.run(() => fetch('/api/confirm'))
    slow.succeed()
    await window.tracing.order('ship', { id: 'o-3' }, () => fetch('/api/ship'))
  })
  const usersOf = async (step: string) => {
    const order = await traces.waitForSpan({ name: `order.${step}` })
    return traces.spans({ traceId: order.traceId }).map(({ attributes }) => attributes.user_id)
  }
  expect(await usersOf('ship')).toEqual(['u-2', 'u-2'])
  expect(await usersOf('submit')).toEqual(['u-1', 'u-1', 'u-1'])
  expect(await usersOf('confirm')).toEqual(['u-1', 'u-1'])
})

test('another user starts a new session; a login, a next page and the same user do not', async ({
  traced,
  page,
  traces,
}) => {
  const sessionOf = async (step: string) =>
    (await traces.waitForSpan({ name: `order.${step}` })).attributes['session.id']
  const order = (step: string, user?: string | null) =>
    page.evaluate(
      ([name, id]) => {
        if (id !== undefined) window.tracing.setUser(id ?? undefined)
        return window.tracing.order(String(name), () => {})
      },
      [step, user] as const,
    )
  await traced()
  await order('anonymous')
  await order('login', 'u-1')
  await traced()
  await order('next-page', 'u-1')
  await order('other', 'u-2')
  await order('logout', null)
  await order('back', 'u-2')

  const anonymous = await sessionOf('anonymous')
  expect(anonymous).toMatch(/^[\da-f]{32}$/)
  expect(await sessionOf('login')).toBe(anonymous)
  expect(await sessionOf('next-page')).toBe(anonymous)
  const other = await sessionOf('other')
  expect(other).not.toBe(anonymous)
  expect(await sessionOf('logout')).not.toBe(other)
  await traces.waitForSpan({ name: 'order.back' })
  await expect(traces).toHaveSpan({ name: 'order.next-page', userId: 'u-1' })
  expect(traces.spans({ name: 'order.logout' })[0]?.attributes).not.toHaveProperty('user_id')
})

test('what an earlier page knew of the user is not said of the next page’s spans', async ({ traced, page, traces }) => {
  await traced({ userId: 'u-1' })
  await page.evaluate(() => window.tracing.order('first', () => {}))
  expect((await traces.waitForSpan({ name: 'order.first' })).attributes.user_id).toBe('u-1')
  await traced()
  await page.evaluate(() => window.tracing.order('second', () => {}))
  expect((await traces.waitForSpan({ name: 'order.second' })).attributes).not.toHaveProperty('user_id')
})

test('the user id may be a function, asked whenever a span starts', async ({ traced, page, traces }) => {
  await page.addInitScript(() => Object.assign(window, { who: undefined }))
  await traced()
  await page.evaluate(async () => {
    await window.tracing.stop()
    const session = window as unknown as { who?: string }
    const tracing = window.startTracing({ service: 'crm', userId: () => session.who })
    await tracing.order('before', () => {})
    session.who = 'u-9'
    await tracing.order('after', () => {})
  })
  expect((await traces.waitForSpan({ name: 'order.after' })).attributes.user_id).toBe('u-9')
  expect((await traces.waitForSpan({ name: 'order.before' })).attributes).not.toHaveProperty('user_id')
})

for (const [kind, id] of Object.entries({
  'an e-mail': 'anna@shop.example',
  'a name': 'Анна Иванова',
  'a phone number': '+79161234567',
})) {
  test(`${kind} is no opaque id: it is refused with one message and leaves nowhere`, async ({
    traced,
    page,
    traces,
  }) => {
    const lines: string[] = []
    page.on('console', (message) => lines.push(message.text()))
    await traced()
    await page.evaluate(async (bad) => {
      window.tracing.setUser(bad)
      window.tracing.setUser(bad)
      await window.tracing.order('submit', (order) => order.setId(bad))
      window.tracing.setUser('u-1')
      await window.tracing.order('good', (order) => order.setId('o-1'))
    }, id)
    expect((await traces.waitForSpan({ name: 'order.good' })).attributes).toMatchObject({
      user_id: 'u-1',
      order_id: 'o-1',
    })
    const bad = await traces.waitForSpan({ name: 'order.submit' })
    expect(bad.attributes).not.toHaveProperty('user_id')
    expect(bad.attributes).not.toHaveProperty('order_id')
    expect(lines.filter((line) => line.includes('the user id looks like'))).toHaveLength(1)
    expect(sentText(traces)).not.toContain(id)
  })
}
