import { expect, test } from '@playwright/test'
import { findCauses } from '../../src/analyst/causes'
import type { Checkout } from '../../src/analyst/checkout'
import { compareHops } from '../../src/analyst/comparison'
import { describeDistribution } from '../../src/analyst/distribution'
import { describeFunnel } from '../../src/analyst/funnel'
import { makeReport } from '../../src/analyst/report'
import { sayCause, sayMs, wordsIn } from '../../src/analyst/say'
import { slowThreshold, splitBySpeed } from '../../src/analyst/slow'
import { summarise } from '../../src/analyst/summarise'
import { describeTrend } from '../../src/analyst/trend'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { makeDay } from '../support/order-store'
import { EPOCH_MS, makeCheckout, makeTrace } from '../support/traces'

const hour = 3_600_000
const which = { service: 'internet-shop', step: 'submit' }
const read = (trace: JaegerTrace): Checkout => {
  const checkout = summarise(trace, which, EPOCH_MS + hour)
  if (!checkout) throw new Error('no checkout')
  return checkout
}

/** Most are well, and a share is not, each for another cause. */
const day = makeDay().map(read)

test('an order of which all is known', () => {
  expect(read(makeCheckout({ id: 7, database: 100, queue: 40 }))).toEqual({
    traceId: '7'.padStart(32, '0'),
    service: 'internet-shop',
    step: 'submit',
    orderId: 'o-7',
    userId: 'u-7',
    at: EPOCH_MS,
    ms: 200,
    outcome: 'confirmed',
    reason: '',
    isSubmitted: true,
    hops: {
      'browser:internet-shop': 10,
      'network:internet-shop': 20,
      'api:shop-api': 10,
      'files:3d-files': 40,
      'database:shop-db': 120,
    },
    failedHop: '',
    messages: 'arrived',
    // Sent at 200, begun at 270, handled in 10.
    arrivedMs: 280,
    queuedMs: 70,
    attempts: 1,
    handled: [{ to: 'orders-for-mes', at: EPOCH_MS + 200, silentMs: 0 }],
    waiting: [],
    traits: { api: 'shop-api POST /api/orders', fileSize: '10–100 kB' },
    spans: 7,
    orphans: 0,
  } satisfies Checkout)
})

test('what failed says where, in the word of the API, and the rest only passes it on', () => {
  const failed = read(makeCheckout({ outcome: 'failed', failed: 'files', message: 'none' }))
  expect(failed).toMatchObject({ outcome: 'failed', reason: 'model_not_stored', failedHop: 'files:3d-files' })
  expect(read(makeCheckout({ message: 'parked' })).messages).toBe('lost')
})

test('a trace without the step is no order', () => {
  expect(summarise(makeTrace([{ id: '1', from: 0, to: 1 }]), which, EPOCH_MS)).toBeUndefined()
})

test('percentiles, and bars that hold every order', () => {
  const { p50, p75, p95, p99, max, bars } = describeDistribution(Array.from({ length: 101 }, (_, index) => index * 10))
  expect([p50, p75, p95, p99, max]).toEqual([500, 750, 950, 990, 1000])
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(101)
  for (const { from, to } of bars) expect(to / from).toBeCloseTo(10 ** (1 / 12))
  expect(describeDistribution([])).toMatchObject({ count: 0, p50: 0, bars: [] })
})

test('slow is more than twice the median of those that were confirmed', () => {
  expect(slowThreshold(day)).toBe(200)
  const { slow, normal } = splitBySpeed(day, 200)
  expect([slow.length, normal.length]).toEqual([21, 69])
})

test('where the time goes: all places together are the whole, and slow beside normal shows the difference', () => {
  const bySpeed = splitBySpeed(day, 200)
  const hops = compareHops(bySpeed)
  expect(hops.map(({ hop }) => hop)).toEqual([
    'browser:internet-shop',
    'network:internet-shop',
    'api:shop-api',
    'database:shop-db',
    'files:3d-files',
  ])
  const sum = (of: 'slow' | 'normal') => hops.reduce((total, hop) => total + hop[of], 0)
  const mean = (of: readonly Checkout[]) => of.reduce((total, { ms }) => total + ms, 0) / of.length
  expect(sum('slow')).toBeCloseTo(mean(bySpeed.slow))
  expect(sum('normal')).toBeCloseTo(mean(bySpeed.normal))
  expect(hops.find(({ hop }) => hop === 'database:shop-db')).toMatchObject({ normal: 20, slow: 20 + (8 * 2000) / 21 })
})

test('each cause is named, with how often and by how much', () => {
  const causes = findCauses(day, 200)
  expect(
    causes.map(({ count, extraMs, ...cause }) => [count, Math.round(extraMs), sayCause(cause, wordsIn('en'))]),
  ).toEqual([
    [8, 2000, 'slow: database shop-db'],
    [7, 3000, 'slow: file storage 3d-files'],
    [6, 1500, "slow: user's device or network"],
    [5, 6000, 'message late: queue'],
    [4, 0, 'message lost: queue'],
    [3, 0, 'failed: database shop-db'],
    [2, 0, 'abandoned: the page was left'],
  ])
  expect(causes[0]?.traceIds).toHaveLength(5)
})

test('the funnel counts how far orders came, and why the others did not', () => {
  expect(describeFunnel(day)).toEqual({
    started: 95,
    submitted: 95,
    confirmed: 90,
    withMessages: 90,
    arrived: 86,
    lost: 4,
    failed: 3,
    abandoned: 2,
    open: 0,
    reasons: [
      { outcome: 'failed', reason: 'order_not_saved', count: 3 },
      { outcome: 'abandoned', reason: '', count: 2 },
    ],
  })
})

test('no stage of the funnel is greater than the one before: what was confirmed was sent, also where its request was lost', () => {
  const [order] = day
  const funnel = describeFunnel(order ? [{ ...order, isSubmitted: false }] : [])
  expect(funnel).toMatchObject({ started: 1, submitted: 1, confirmed: 1 })
})

test('the trend has gaps where nothing happened, and counts every order once', () => {
  const trend = describeTrend(day, { from: EPOCH_MS - 60_000, to: EPOCH_MS + 120_000 })
  expect(trend.length).toBeLessThanOrEqual(60)
  expect(trend.reduce((sum, { count }) => sum + count, 0)).toBe(95)
  expect(trend[0]).toEqual({ at: EPOCH_MS - 60_000, count: 0, p50: undefined, p95: undefined, unhappy: undefined })
  expect(trend.find(({ at }) => at === EPOCH_MS)).toMatchObject({ count: 5, p50: 100, unhappy: 0 })
})

test('an order at the very end of the time is in the trend', () => {
  const to = EPOCH_MS + 60_000
  const trend = describeTrend([read(makeCheckout({ at: 60_000 }))], { from: EPOCH_MS, to })
  expect(trend.at(-1)).toMatchObject({ count: 1 })
  expect(describeTrend([read(makeCheckout({ at: 60_001 }))], { from: EPOCH_MS, to }).at(-1)).toMatchObject({ count: 0 })
})

test('a time is said in the unit that it rounds to', () => {
  const said = [0, 0.25, 0.9996, 9.96, 999.4, 999.7, 1240].map((ms) => sayMs(ms, wordsIn('en')))
  expect(said).toEqual(['0ms', '250μs', '1ms', '10ms', '999ms', '1s', '1.24s'])
})

test('a report says it all, the slowest first', () => {
  const time = { from: EPOCH_MS, to: EPOCH_MS + 100_000 }
  const report = makeReport(day, { ...time, top: 3 })
  expect(report.slowest.map(({ ms }) => ms)).toEqual([3100, 3100, 3100])
  expect(makeReport([], time)).toMatchObject({ slowerThan: 0, slowCount: 0, causes: [], slowest: [] })
})
