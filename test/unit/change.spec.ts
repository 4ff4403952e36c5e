import { expect, test } from '@playwright/test'
import { findAffected } from '../../src/analyst/affected'
import { compareTimes } from '../../src/analyst/before'
import { judgePercentile, judgeShare } from '../../src/analyst/change'
import type { Checkout } from '../../src/analyst/checkout'
import { summarise } from '../../src/analyst/summarise'
import { startOfOther } from '../../src/analyst-page/address'
import { createPace } from '../../src/analyst-page/pace'
import { EPOCH_MS, makeCheckout } from '../support/traces'

const which = { service: 'internet-shop', step: 'submit' }
const time = {
  slowerThan: 200,
  from: EPOCH_MS,
  to: EPOCH_MS + 60_000,
  completeness: { readFrom: EPOCH_MS, crowded: [] },
}

function orders(count: number, of: Parameters<typeof makeCheckout>[0] = {}): Checkout[] {
  const traces = Array.from({ length: count }, (_, index) => makeCheckout({ ...of, id: index + 1, at: index }))
  return traces.flatMap((trace) => summarise(trace, which, EPOCH_MS + 60_000) ?? [])
}

test('a share is worse or better when chance does not explain it, and of few orders nothing is said', () => {
  expect(judgeShare({ count: 30, of: 100 }, { count: 5, of: 100 })).toBe('worse')
  expect(judgeShare({ count: 5, of: 100 }, { count: 30, of: 100 })).toBe('better')
  expect(judgeShare({ count: 6, of: 100 }, { count: 5, of: 100 })).toBe('chance')
  expect(judgeShare({ count: 0, of: 100 }, { count: 0, of: 100 })).toBe('chance')
  expect(judgeShare({ count: 19, of: 19 }, { count: 0, of: 1000 })).toBe('few')
})

test('of two samples of the same a percentile differs by chance; of a slower one it is worse', () => {
  // Always the same numbers, spread as durations are: most short, a few very long.
  const sample = (seed: number, times = 1) =>
    Float64Array.from({ length: 400 }, (_, index) => times * 100 * Math.exp(((index * 7919 + seed) % 400) / 200)).sort()
  const median = (now: Float64Array, other: Float64Array, share = 0.5) =>
    judgePercentile({ now, other }, { share, bound: other[Math.floor(share * 400)] ?? 0 })
  expect(median(sample(1), sample(2))).toBe('chance')
  expect(median(sample(1, 1.5), sample(2))).toBe('worse')
  expect(median(sample(1), sample(2, 1.5))).toBe('better')
  expect(median(sample(1, 1.5), sample(2), 0.95)).toBe('worse')
  const few = sample(1).slice(0, 60)
  expect(judgePercentile({ now: few, other: few }, { share: 0.5, bound: 150 })).toBe('chance')
  expect(judgePercentile({ now: few, other: few }, { share: 0.95, bound: 150 })).toBe('few')
})

test('slow is the same then as now, failed and lost are told, and of no orders there is no figure', () => {
  const now = [...orders(60), ...orders(40, { database: 1000 })]
  const worse = compareTimes(now, [...orders(95), ...orders(5, { database: 1000 })], time)
  expect(worse.changes.slow).toMatchObject({ now: 0.4, other: 0.05, judgement: 'worse' })
  expect(worse.changes.failed).toMatchObject({ now: 0, other: 0, judgement: 'chance' })
  expect(compareTimes(now, now, time).changes.median).toMatchObject({ judgement: 'chance' })
  const failing = compareTimes(orders(50), orders(50, { outcome: 'failed', failed: 'files', message: 'none' }), time)
  expect(failing.changes.failed).toMatchObject({ judgement: 'better' })
  expect(failing.changes.median.other).toBeUndefined()
  expect(failing.changes.lost.other).toBeUndefined()
})

test('those are affected who had trouble twice', () => {
  const of = (userId: string, ...found: Checkout[]) => found.map((checkout) => ({ ...checkout, userId }))
  const slow = orders(3, { database: 1000 })
  const failed = orders(2, { outcome: 'failed', failed: 'files', message: 'none' })
  const all = [
    ...of('u-1', ...orders(5), ...slow.slice(0, 1)),
    ...of('u-2', ...slow, ...orders(1)),
    ...of('u-3', ...failed),
  ]
  expect(findAffected([...all, ...of('', ...slow)], 200)).toEqual([
    { userId: 'u-2', orders: 4, slow: 3, failed: 0 },
    { userId: 'u-3', orders: 2, slow: 0, failed: 2 },
  ])
})

test('the time to compare with is the one before, or a week earlier where that is another time', () => {
  const day = { from: 10 * 86_400_000, to: 11 * 86_400_000 }
  expect(startOfOther({ against: 'before' }, day)).toBe(9 * 86_400_000)
  expect(startOfOther({ against: 'week' }, day)).toBe(3 * 86_400_000)
  const month = { from: 100 * 86_400_000, to: 130 * 86_400_000 }
  expect(startOfOther({ against: 'week' }, month)).toBe(70 * 86_400_000)
})

test('a report that costs much is made less often', () => {
  let now = 0
  const made: number[] = []
  const pace = createPace(() => now)
  for (; now < 60_000; now += 100)
    pace.perhaps(() => {
      made.push(now)
      now += 2000
    })
  // Each costs two seconds, and ten are read after it.
  expect(made.slice(1).map((at, index) => at - (made[index] ?? 0))).toEqual(made.slice(1).map(() => 12_000))
  expect(made[0]).toBe(0)
})
