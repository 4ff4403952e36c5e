import { expect, test } from '@playwright/test'
import { parseGoDuration } from '../../demo/trace-store/go-duration'
import { parseRfc3339 } from '../../demo/trace-store/rfc3339'

const DURATIONS: [string, bigint][] = [
  ['0', 0n],
  ['300ms', 300_000_000n],
  ['1.5s', 1_500_000_000n],
  ['.5s', 500_000_000n],
  ['2h45m', 9_900_000_000_000n],
  ['1m2.5s', 62_500_000_000n],
  ['10us', 10_000n],
  ['10µs', 10_000n],
  ['7ns', 7n],
  ['-1s', -1_000_000_000n],
]
for (const [text, nanoseconds] of DURATIONS) {
  test(`reads the duration ${text}`, () => expect(parseGoDuration(text)).toBe(nanoseconds))
}

for (const text of ['', '-', '5', '5 s', 's', '1x', '1s2', 'PT5S', '1,5s']) {
  test(`refuses the duration "${text}"`, () => {
    expect(() => parseGoDuration(text)).toThrow(`time: invalid duration "${text}"`)
  })
}

test('reads RFC 3339 to the nanosecond', () => {
  expect(parseRfc3339('1970-01-01T00:00:01Z')).toBe(1_000_000_000n)
  expect(parseRfc3339('1970-01-01T00:00:01.000000001Z')).toBe(1_000_000_001n)
  expect(parseRfc3339('1970-01-01T02:00:00.5+02:00')).toBe(500_000_000n)
})

for (const text of ['yesterday', '2026-03-02', '2026-03-02T09:00:00', '2026-13-02T09:00:00Z', '1772442000']) {
  test(`refuses the time "${text}"`, () => expect(() => parseRfc3339(text)).toThrow('parsing time'))
}
