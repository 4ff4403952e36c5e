import { type BeforeFigures, compareTimes } from '../analyst/before'
import type { Checkout } from '../analyst/checkout'
import type { WhichCheckouts } from '../analyst/read-checkouts'
import { settleMessages } from '../analyst/settle-messages'
import type { JaegerClient } from '../jaeger/client'
import { readAll } from './read-all'

const WEEK_MS = 604_800_000

export interface BeforeOptions {
  which: WhichCheckouts
  compare: 'before' | 'week' | undefined
  /** What counts as slow now, and so then. */
  slowerThan: number
  checkouts: readonly Checkout[]
  most: number
  signal: AbortSignal
}

/** Reads the time to compare with, and compares. */
export async function readBefore(
  client: JaegerClient,
  { which, compare, slowerThan, checkouts, most, signal }: BeforeOptions,
): Promise<BeforeFigures> {
  const away = compare === 'week' ? WEEK_MS : which.to - which.from
  const time = { from: which.from - away, to: which.to - away }
  const before = await readAll(client, { ...which, ...time }, { most, signal })
  const { completeness } = before
  return compareTimes(settleMessages(checkouts), settleMessages(before.checkouts), {
    slowerThan,
    ...time,
    completeness,
  })
}
