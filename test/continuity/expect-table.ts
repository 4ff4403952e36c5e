import { expect } from '../support/test'
import type { Table } from './table'

/** How many of the operations' own requests may be in none, since it is in doubt whose they are. */
const IN_DOUBT: Record<string, number> = {
  'two operations that settle in the turn in which the other waits': 2,
}

/** Every request of every way in its own place, in every mode, and nothing where it does not belong. */
export function expectTable({ verdicts, instead, encounters }: Table): void {
  expect(verdicts.length).toBeGreaterThanOrEqual(4 * 45)
  expect(instead.length).toBeGreaterThanOrEqual(6 * 4)
  for (const { name, mode, requests, right, wrong, none, error } of [...verdicts, ...instead]) {
    expect
      .soft({ right, wrong, none, error }, `${name}, ${mode}`)
      .toEqual({ right: requests, wrong: 0, none: 0, error: undefined })
    expect.soft(requests, `${name}, ${mode}`).toBeGreaterThan(0)
  }
  expect(encounters.length).toBeGreaterThanOrEqual(2 * 20)
  for (const { kind, name, mode, own, strangers, error } of encounters) {
    expect.soft(error, `${name}, ${mode}`).toBeUndefined()
    if (kind === 'limit') continue
    // The positive first: the operation's own requests joined it while the others went by.
    expect.soft(own.requests, `${name}, ${mode}: own requests`).toBeGreaterThanOrEqual(2)
    expect
      .soft(own.right, `${name}, ${mode}: requests that joined`)
      .toBeGreaterThanOrEqual(own.requests - (IN_DOUBT[name] ?? 0))
    expect.soft(own.wrong, `${name}, ${mode}: requests that mixed`).toBe(0)
    expect.soft(strangers.wrong, `${name}, ${mode}: strangers that joined`).toBe(0)
    if (kind === 'stranger') expect.soft(strangers.requests, `${name}, ${mode}: strangers`).toBeGreaterThan(0)
  }
}
