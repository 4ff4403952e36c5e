import { expect, test } from '@playwright/test'
import { findCauses } from '../../src/analyst/causes'
import type { Checkout } from '../../src/analyst/checkout'
import { describeLife } from '../../src/analyst/order-life'
import { makeReport } from '../../src/analyst/report'
import { sayVerdict, wordsIn } from '../../src/analyst/say'
import { settleMessages } from '../../src/analyst/settle-messages'
import { summarise } from '../../src/analyst/summarise'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeCheckout, makeTrace, type SpanSpec } from '../support/traces'

const minute = 60_000
const which = { service: 'internet-shop', step: 'submit' }
const read = (trace: JaegerTrace, after = 60 * minute): Checkout => {
  const checkout = summarise(trace, which, EPOCH_MS + after)
  if (!checkout) throw new Error('no checkout')
  return checkout
}
const untaken = makeCheckout({ id: 1, message: 'untaken' })
const states = (...checkouts: Checkout[]) => settleMessages(checkouts).map(({ messages }) => messages)

test('a message that nobody took is lost when a later one to the same place was handled, and not before', () => {
  const later = makeCheckout({ id: 2, at: minute })
  const earlier = makeCheckout({ id: 3, at: -minute })
  const elsewhere = makeCheckout({ id: 4, at: minute })
  for (const { attributes } of elsewhere.spans)
    if ('messaging.destination.name' in attributes) Object.assign(attributes, { 'messaging.destination.name': 'other' })
  expect(states(read(untaken), read(later))).toEqual(['lost', 'arrived'])
  expect(states(read(untaken), read(earlier), read(elsewhere))).toEqual(['waiting', 'arrived', 'arrived'])
  // Overtaken a moment ago: it may only be tried again.
  expect(states(read(untaken, 2 * minute), read(later, 2 * minute))).toEqual(['waiting', 'arrived'])
  const time = { from: EPOCH_MS, to: EPOCH_MS + minute }
  expect(makeReport([read(untaken), read(later)], time).funnel).toMatchObject({ lost: 1, arrived: 1 })
})

test('in a backlog nothing is lost: what nobody took is late, by as long as it has waited', () => {
  const backlog = Array.from({ length: 5 }, (_, index) =>
    read(makeCheckout({ id: index + 1, at: index * 1000, message: 'untaken' }), 100_000),
  )
  expect(states(...backlog)).toEqual(backlog.map(() => 'waiting'))
  expect(backlog[0]?.queuedMs).toBe(100_000 - 100)
  expect(findCauses(backlog, 200)).toMatchObject([{ kind: 'late', place: 'queue:queue', count: 5 }])
  const old = describeLife([untaken], 'o-1', EPOCH_MS + 12 * minute + 100).verdict
  expect(sayVerdict(old, wordsIn('en'))).toBe(
    'The submission was saved; its message has been on its way to the MES for 12m.',
  )
})

test('what is written to be sent, and was not, waits as well, by today’s name of a statement and by the old one', () => {
  for (const name of ['db.query.text', 'db.statement']) {
    const order = makeCheckout({ message: 'none' })
    const insert = order.spans.find(({ spanId }) => spanId === 'insert')
    Object.assign(insert?.attributes ?? {}, { [name]: 'INSERT INTO outbox (message) VALUES ($1)' })
    expect(read(order), name).toMatchObject({ messages: 'waiting', waiting: [{ to: '' }] })
    expect(states(read(order), read(makeCheckout({ id: 2, at: minute }))), name).toEqual(['lost', 'arrived'])
  }
})

/** Handled at the third attempt. */
function makeRetried(): JaegerTrace {
  const order = makeCheckout({ message: 'none' })
  const sent = { 'messaging.destination.name': 'orders-for-mes', 'messaging.message.id': 'm-1' }
  const handling = { parent: 'publish', service: 'mes-api', kind: 'consumer' as const, attributes: sent }
  const specs: SpanSpec[] = [
    { id: 'publish', parent: 'server', kind: 'producer', from: 100, to: 105, attributes: sent },
    { ...handling, id: 'one', from: 130, to: 140, failed: 'The database is busy.' },
    { ...handling, id: 'two', from: 1130, to: 1140, failed: 'The database is busy.' },
    { ...handling, id: 'three', from: 5130, to: 5140 },
  ]
  return { ...order, spans: [...order.spans, ...makeTrace(specs, order.traceId).spans] }
}

test('a message that was tried again waited until the attempt that handled it', () => {
  const retried = read(makeRetried())
  expect(retried).toMatchObject({ messages: 'arrived', queuedMs: 5030, arrivedMs: 5140, attempts: 3 })
  const others = [2, 3, 4].map((id) => read(makeCheckout({ id })))
  expect(findCauses([retried, ...others], 200)).toMatchObject([{ kind: 'late', count: 1 }])
  const { steps, verdict } = describeLife([makeRetried()], 'o-1', EPOCH_MS + 60 * minute)
  expect(steps[0]?.hops.find(({ destination }) => destination)).toMatchObject({ ms: 5030, attempts: 3, state: 'slow' })
  expect(sayVerdict(verdict, wordsIn('en'))).toBe(
    'The order went on. In the submission the queue (3 attempts) failed (The database is busy), and was repeated or done without.',
  )
})
