import { type BeforeFigures, compareTimes } from '../analyst/before'
import type { Checkout } from '../analyst/checkout'
import type { WhichCheckouts } from '../analyst/read-checkouts'
import type { Against } from '../analyst-page/address'
import type { EmbeddedTime } from '../analyst-page/protocol'
import type { JaegerClient } from '../jaeger/client'
import { readAll } from './read-all'

const WEEK_MS = 604_800_000

export interface BeforeOptions {
  which: WhichCheckouts
  against: Against
  /** What counts as slow now, and so then. */
  slowerThan: number
  checkouts: readonly Checkout[]
  most: number
  signal: AbortSignal
}

/** The orders of the time to compare with, and what comes of it. */
export interface ReadBefore {
  orders: EmbeddedTime & { against: Against }
  figures: BeforeFigures
}

/** Reads the time to compare with, and compares. */
export async function readBefore(
  client: JaegerClient,
  { which, against, slowerThan, checkouts, most, signal }: BeforeOptions,
): Promise<ReadBefore> {
  const away = against === 'week' ? WEEK_MS : which.to - which.from
  const time = { from: which.from - away, to: which.to - away }
  const itsOwn = { ...which, ...time }
  const before = await readAll(client, itsOwn, { most, signal })
  const { completeness } = before
  const figures = compareTimes(checkouts, before.checkouts, { slowerThan, ...time, completeness })
  return { orders: { ...before, which: itsOwn, against }, figures }
}
