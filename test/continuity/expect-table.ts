import { expect } from '../support/test'
import { KNOWN_LIMIT, type Table } from './table'

/** Every request of every way in its own place, in every mode, and nothing where it does not belong. */
export function expectTable({ verdicts, encounters }: Table): void {
  expect(verdicts.length).toBeGreaterThanOrEqual(4 * 45)
  for (const { name, mode, requests, right, wrong, none, error } of verdicts) {
    expect
      .soft({ right, wrong, none, error }, `${name}, ${mode}`)
      .toEqual({ right: requests, wrong: 0, none: 0, error: undefined })
    expect.soft(requests, `${name}, ${mode}`).toBeGreaterThan(0)
  }
  expect(encounters.length).toBeGreaterThanOrEqual(2 * 20)
  for (const { name, mode, own, strangers, error } of encounters) {
    // The positive first: the operation's own requests joined it while the others went by.
    expect.soft(own.right, `${name}, ${mode}: requests that joined`).toBeGreaterThanOrEqual(2)
    expect.soft(own.wrong, `${name}, ${mode}: requests that mixed`).toBe(0)
    const wrong = name === KNOWN_LIMIT ? 0 : strangers.wrong
    expect.soft({ wrong, error }, `${name}, ${mode}: strangers that joined`).toEqual({ wrong: 0, error: undefined })
  }
}
