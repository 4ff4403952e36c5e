import type { CollectorAnswer } from '../../src/collector'
import { arrived, waitForEach } from '../support/arrived'
import { leaveUnanswered } from '../support/leave-unanswered'
import { traced } from '../support/script-tag-page'
import { COLLECTOR, type Site } from '../support/site'
import { stopDate } from '../support/stop-date'
import { expect, isOrder, test } from '../support/test'
import { twice } from '../support/twice'

const ROUNDS = 5

const WAYS: Record<string, () => void> = {
  'location.href': () => {
    location.href = '/next'
  },
  'location.replace': () => location.replace('/next'),
  'a link': () => document.querySelector('a')?.click(),
  'a form by GET': () => document.querySelector<HTMLFormElement>('form[method=get]')?.requestSubmit(),
  'a form by POST': () => document.querySelector<HTMLFormElement>('form[method=post]')?.requestSubmit(),
  reload: () => location.reload(),
  back: () => history.back(),
}
const BODY = '<a href="/next">on</a><form method=get action="/next"></form><form method=post action="/next"></form>'

/** What becomes of an order whose answer its page did not see: the next page sends it again, or asks and does not. */
const POLICIES = [
  { attribute: '', outcome: 'every span arrives, what comes again as the very same' },
  { attribute: 'data-unanswered="ask"', outcome: 'every span arrives, each once' },
] as const
type Policy = (typeof POLICIES)[number]

/** @throws Error where a span came again that must not */
const expectRepeats = (site: Site, { attribute }: Policy) => {
  arrived(site.collector.log.deliveries)
  if (attribute) expect(twice(site.spans.all)).toEqual([])
}

for (const [name, leave] of Object.entries(WAYS)) {
  for (const when of ['in the tick in which the order’s request returns', 'while it is still running']) {
    for (const policy of POLICIES) {
      const isRunning = when.startsWith('while')
      test(`${name}, ${when}: ${policy.outcome}`, async ({ page, site }) => {
        for (const path of ['/before', '/shop', '/next']) site.page(path, traced(policy.attribute, BODY))
        site.on('/api/slow', () => {})
        for (let round = 0; round < ROUNDS; round++) {
          await page.goto(`${site.origin}/before`)
          await page.goto(`${site.origin}/shop`)
          const id = `o-${round}`
          const loaded = page.waitForEvent('load')
          await page.evaluate(
            ([id, leave, isRunning]) => {
              const go = new Function(`return (${leave})`)()
              void window.ordertrace.order('submit', { id }, async () => {
                if (isRunning) setTimeout(go)
                await fetch(isRunning ? '/api/slow' : '/api/orders', { method: 'POST' })
                go()
              })
            },
            [id, String(leave), isRunning] as const,
          )
          await loaded
          // What the page before left open is settled by then.
          await page.evaluate(() => window.ordertrace.flush())
          const ours = await waitForEach(site, 2, `round ${round}`, ({ attributes }) => attributes.order_id === id)
          expect(ours.map(({ name }) => name).sort()).toEqual(['POST', 'order.submit'])
          const order = ours.find(({ name }) => name === 'order.submit')
          expect(order?.attributes['order.outcome']).toBe(isRunning ? 'abandoned' : 'confirmed')
          for (const { attributes } of ours)
            expect(attributes['ordertrace.interrupted']).toBe(isRunning ? true : undefined)
        }
        expectRepeats(site, policy)
      })
    }
  }
}

for (const policy of POLICIES) {
  test(`the collector is on another origin, the page leaves: ${policy.outcome}`, async ({ page, site }) => {
    const attributes = `data-collector="${site.other}${COLLECTOR}" ${policy.attribute}`
    for (const path of ['/shop', '/next']) site.page(path, traced(attributes))
    for (let round = 0; round < ROUNDS; round++) {
      await page.goto(`${site.origin}/shop`)
      const loaded = page.waitForURL('**/next')
      await page.evaluate((id) => {
        void window.ordertrace.order('submit', { id }, async () => {
          await fetch('/api/orders', { method: 'POST' })
          location.assign('/next')
        })
      }, `o-${round}`)
      await loaded
      await page.evaluate(() => window.ordertrace.flush())
      await waitForEach(site, 2, `round ${round}`, ({ attributes }) => attributes.order_id === `o-${round}`)
    }
    expect(site.preflights.all.length).toBeGreaterThan(0)
    expectRepeats(site, policy)
  })
}

test('what the collector refused between the page’s leaving and its end arrives once, though the next page is refused too', async ({
  page,
  site,
}) => {
  let refuse = () => {}
  const refused = new Promise<CollectorAnswer>((resolve) => {
    refuse = () => resolve({ status: 503 })
  })
  site.collector.answer = () => refused
  for (const path of ['/shop', '/next']) site.page(path, traced('data-sample-ratio="0"'))
  await page.goto(`${site.origin}/shop`)
  await page.evaluate(async () => {
    await window.ordertrace.order('submit', { id: 'o-1' }, () => fetch('/api/orders', { method: 'POST' }))
  })
  await site.exports.waitUntil((all) => all.length === 1, 'the order')
  // On the real way out nobody can hold the moment in which the answer comes.
  const refusal = () => page.waitForResponse((response) => response.status() === 503)
  const settled = async (refused: ReturnType<typeof refusal>) => {
    await (await refused).finished()
    // The answer is settled a task after it came.
    await page.evaluate(() => new Promise((resolve) => setTimeout(() => setTimeout(resolve))))
  }
  const first = refusal()
  await page.evaluate(() => void window.dispatchEvent(new PageTransitionEvent('pagehide')))
  refuse()
  await settled(first)

  site.collector.answer = { status: 503 }
  const second = refusal()
  await page.goto(`${site.origin}/next`)
  await site.exports.waitUntil((all) => all.length === 2, 'the next page asks')
  // A page that goes away before it has seen this takes the collector for well once it is.
  await settled(second)
  site.collector.answer = undefined
  await page.goto(`${site.origin}/shop`)
  await page.evaluate(() => window.ordertrace.flush())
  const arrived = await site.spans.waitUntil((spans) => spans.length >= 2, 'both spans')
  expect(arrived.map(({ name }) => name).sort()).toEqual(['POST', 'order.submit'])
  expect(twice(arrived)).toEqual([])
})

for (const [attribute, foundWellMs, isRepeated] of [
  ['', 300, false],
  ['', 301, true],
  ['data-unanswered="repeat"', 301, true],
  ['data-unanswered="ask"', 301, false],
] as const) {
  test(`an order that one collector of several refuses unseen ${isRepeated ? 'arrives' : 'is taken to have arrived'} where the next page finds another well after ${foundWellMs} ms ${attribute ? `with ${attribute}` : 'by default'}`, async ({
    page,
    site,
  }) => {
    await stopDate(page, '/next', foundWellMs)
    const html = traced(`data-sample-ratio="0" ${attribute}`)
    site.page('/shop', html)
    site.collector.answer = 'hang'
    // A page is not gone before the next one is answered.
    site.on('/next', async (_request, response) => {
      await site.exports.waitUntil((all) => all.length === 1, 'the order')
      site.collector.answer = undefined
      response.writeHead(200, { 'content-type': 'text/html' }).end(html)
    })
    await page.goto(`${site.origin}/shop`)
    const gone = page.waitForURL('**/next')
    await page.evaluate(() => {
      void window.ordertrace.order('submit', { id: 'o-1' }, () => location.assign('/next'))
    })
    await gone
    await page.evaluate(() => window.ordertrace.flush())
    await page.evaluate(() => window.ordertrace.order('submit', { id: 'o-2' }, () => {}))
    await site.spans.find(({ attributes }) => attributes.order_id === 'o-2', 'the next order')
    const ids = site.spans.all.map(({ attributes }) => attributes.order_id)
    expect(ids).toEqual(isRepeated ? ['o-1', 'o-2'] : ['o-2'])
  })
}

test('a repeated order is the same span to the last byte', async ({ page, site }) => {
  await leaveUnanswered(page, site, site.collector)
  await site.spans.waitUntil((spans) => spans.length >= 2, 'the order, and again')
  const [first, second] = site.exports.all.filter(({ body }) => body.includes('order.submit'))
  expect(second?.body).toBe(first?.body)
})

test('who comes back after a while, from a payment page say, sends again what had no answer, though orders are not repeated and the collector is well by then', async ({
  page,
  site,
}) => {
  for (const path of ['/shop', '/back']) site.page(path, traced('data-sample-ratio="0" data-unanswered="ask"'))
  site.page('/payment', '')
  site.collector.answer = 'hang'
  await page.goto(`${site.origin}/shop`)
  const gone = page.waitForURL('**/payment')
  await page.evaluate(() => {
    void window.ordertrace.order('submit', { id: 'o-1' }, () => location.assign('/payment'))
  })
  await gone
  await site.exports.waitUntil((all) => all.length === 1, 'the order')
  expect(site.spans.all).toEqual([])
  site.collector.answer = undefined
  // A minute passes.
  await page.evaluate(() => {
    const left = sessionStorage.getItem('ordertrace.left') ?? ''
    const older = left.replace(/(\\"at\\":)(\d+)/g, (_, name, at) => name + (Number(at) - 60_000))
    if (older === left) throw new Error('nothing was left')
    sessionStorage.setItem('ordertrace.left', older)
  })
  await page.goto(`${site.origin}/back`)
  await site.spans.find(isOrder('submit'), 'the order')
  await page.evaluate(() => window.ordertrace.flush())
  expect(twice(site.spans.all)).toEqual([])
})
