import { expect, test } from '@playwright/test'
import { type Breaker, createBreaker, type Failure } from '../../src/delivery/breaker'

const MINUTE = 60_000
const original = performance.now
let now = 0
test.beforeEach(() => {
  now = 1000
  performance.now = () => now
})
test.afterEach(() => {
  performance.now = original
})

/** Asks whenever the breaker allows it, for so long. @returns when it asked */
function ask(breaker: Breaker, failure: Failure, ms: number): number[] {
  const asked: number[] = []
  for (const end = now + ms; now < end; now = Math.max(now + 1, now + breaker.waitMs())) {
    if (breaker.waitMs() > 0) continue
    asked.push(now)
    breaker.tried()
    breaker.failed(failure)
  }
  return asked
}

const mostInAMinute = (times: number[]) =>
  Math.max(...times.map((begin) => times.filter((time) => time >= begin && time <= begin + MINUTE).length))

for (const [kind, failure] of Object.entries<Failure>({
  'answers that it is not well': {},
  'does not answer': { isUnreachable: true },
  'asks to be asked again at once': { afterMs: 1 },
})) {
  test(`a collector that ${kind} hears of us under 6 times in any minute, by any chance`, () => {
    for (let run = 0; run < 200; run++) {
      const asked = ask(createBreaker(), failure, 20 * MINUTE)
      expect(asked.length).toBeGreaterThan(15)
      expect(mostInAMinute(asked)).toBeLessThan(6)
    }
  })
}

test('where none was ever reached it is asked twice, then once a minute; not so where one was', () => {
  for (let run = 0; run < 100; run++) {
    now = 1000
    const breaker = createBreaker()
    const asked = ask(breaker, { isUnreachable: true }, 3.5 * MINUTE)
    expect(asked[1]).toBeLessThanOrEqual(9001)
    expect(asked.filter((time) => time < 1000 + MINUTE)).toHaveLength(2)
    for (const [i, time] of asked.slice(2).entries()) expect(time - (asked[i + 1] ?? 0)).toBeGreaterThanOrEqual(MINUTE)
    breaker.succeeded()
    expect(ask(breaker, { isUnreachable: true }, MINUTE).length).toBeGreaterThan(2)
  }
})

test('a network that comes and goes makes no storm', () => {
  const breaker = createBreaker()
  const asked: number[] = []
  for (; now < 20 * MINUTE; now += 500) {
    breaker.hasten()
    if (breaker.waitMs() > 0) continue
    asked.push(now)
    breaker.tried()
    breaker.failed({ isUnreachable: true })
  }
  expect(asked.length).toBeGreaterThan(30)
  expect(mostInAMinute(asked)).toBeLessThan(6)
})

test('what the collector asked for is kept, for at most ten minutes', () => {
  for (let run = 0; run < 100; run++) {
    const breaker = createBreaker()
    breaker.failed({ afterMs: 120_000 })
    expect(breaker.waitMs()).toBeGreaterThanOrEqual(120_000)
    expect(breaker.waitMs()).toBeLessThanOrEqual(132_000)
    breaker.failed({ afterMs: 24 * 3600_000 })
    expect(breaker.waitMs()).toBeGreaterThanOrEqual(10 * MINUTE)
    expect(breaker.waitMs()).toBeLessThanOrEqual(11 * MINUTE)
  }
})

test('a collector in doubt is asked by one request at a time; one that is well by as many as there are', () => {
  const breaker = createBreaker()
  breaker.tried()
  expect(breaker.waitMs()).toBe(0)
  breaker.failed({})
  now += 8001
  expect(breaker.waitMs()).toBe(0)
  breaker.tried()
  expect(breaker.waitMs()).toBeGreaterThan(0)
  breaker.succeeded()
  expect(breaker.waitMs()).toBe(0)
})
