import { expect, test } from '@playwright/test'
import { describeLife } from '../../src/analyst/order-life'
import { sayVerdict, wordsIn } from '../../src/analyst/say'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeCheckout, makeTrace } from '../support/traces'

const later = EPOCH_MS + 3_600_000
const life = (...traces: JaegerTrace[]) => describeLife(traces, 'o-1', later)
const verdict = (...traces: JaegerTrace[]) => {
  const found = life(...traces).verdict
  return [sayVerdict(found, wordsIn('en')), sayVerdict(found, wordsIn('ru'))]
}
const hops = (...traces: JaegerTrace[]) =>
  life(...traces).steps.map((step) => step.hops.map(({ hop, state }) => `${hop} ${state}`))

test('a life without trouble: every part of the way, over the queue to the other database', () => {
  expect(hops(makeCheckout())).toEqual([
    [
      'browser:internet-shop good',
      'network:internet-shop good',
      'api:shop-api good',
      'files:3d-files good',
      'database:shop-db good',
      'queue:queue good',
      'api:mes-api good',
    ],
  ])
  expect(verdict(makeCheckout())).toEqual([
    'Nothing failed and nothing was slow. The last step was the submission.',
    'Ничего не сломалось и не было медленно. Последний шаг: оформление.',
  ])
})

test('an order that was saved, and its message never reached the MES', () => {
  expect(verdict(makeCheckout({ message: 'parked' }))).toEqual([
    'The submission was saved, but its message never reached the MES: The message cannot be read.',
    'Шаг «оформление» сохранён, но сообщение о нём не дошло: MES его не получил (The message cannot be read).',
  ])
  expect(hops(makeCheckout({ message: 'parked' }))[0]?.at(-1)).toBe('queue:queue failed')
})

test('a message that was lost and sent again is made good for', () => {
  const again = makeTrace(
    [
      {
        id: 'r',
        service: 'mes-ui',
        name: 'order.retry',
        from: 60_000,
        to: 60_100,
        attributes: { 'order.step': 'retry', 'order.outcome': 'confirmed', order_id: 'o-1' },
      },
      {
        id: 'p',
        parent: 'r',
        service: 'mes-api',
        kind: 'producer',
        from: 60_010,
        to: 60_020,
        attributes: { 'messaging.destination.name': 'orders-for-mes' },
      },
      {
        id: 'c',
        parent: 'p',
        service: 'mes-api',
        kind: 'consumer',
        from: 60_030,
        to: 60_040,
        attributes: { 'messaging.destination.name': 'orders-for-mes' },
      },
    ],
    'b'.repeat(32),
  )
  expect(verdict(makeCheckout({ message: 'parked' }), again)[0]).toContain('Nothing failed')
})

test('the first place that failed, and nothing after it', () => {
  const failed = makeCheckout({ outcome: 'failed', failed: 'database', message: 'none' })
  expect(verdict(failed)[0]).toBe(
    'The submission failed at the database shop-db: broken. Nothing after it has happened.',
  )
  expect(hops(failed)[0]?.filter((line) => line.endsWith('failed'))).toEqual(['database:shop-db failed'])
  // The customer tried once more, and it went well.
  const again = makeCheckout({ at: 60_000 })
  expect(verdict({ ...failed, traceId: 'c'.repeat(32) }, again)[0]).toContain('Nothing failed')
})

test('the slowest part, a message on its way, a page that was left, and no trace at all', () => {
  expect(verdict(makeCheckout({ files: 3000 }))[0]).toBe(
    'Nothing failed. The slowest part was the file storage 3d-files in the submission: 3.04s.',
  )
  const now = EPOCH_MS + 1000
  const onItsWay = describeLife([makeCheckout({ message: 'untaken' })], 'o-1', now).verdict
  expect(sayVerdict(onItsWay, wordsIn('en'))).toBe(
    'The submission was saved; its message has been on its way to the MES for 900ms.',
  )
  // One order's traces do not tell a lost message from a long queue.
  expect(verdict(makeCheckout({ message: 'untaken' }))[0]).toContain('has been on its way to the MES for 60m')
  expect(verdict(makeCheckout({ outcome: 'abandoned', message: 'none' }))[0]).toContain('The page was left')
  expect(verdict()[0]).toContain('No trace names this order')
  expect(verdict(makeCheckout({ id: 2 }))[0]).toContain('No trace names this order')
})
