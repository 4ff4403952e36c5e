import type { Checkout, MessageNote } from './checkout'

/** Attempts at one message may be so far apart, ms; one overtaken by a later message for less than that may only be tried again. */
export const MOST_BETWEEN_ATTEMPTS_MS = 120_000

/**
 * Says which of the messages that nobody handled are lost: a queue is taken from in order, so one that a later message to the same place overtook is
 * not there any more, while in a backlog none is overtaken, however long it lasts.
 */
export function settleMessages(checkouts: readonly Checkout[]): Checkout[] {
  const latest = new Map<string, number>()
  const note = (to: string, at: number) => latest.set(to, Math.max(latest.get(to) ?? 0, at))
  for (const { handled } of checkouts)
    for (const { to, at } of handled) {
      note(to, at)
      // Of one that was written and not sent nobody knows where it was to go.
      note('', at)
    }
  const isLost = ({ to, at, silentMs }: MessageNote) =>
    silentMs > MOST_BETWEEN_ATTEMPTS_MS && (latest.get(to) ?? 0) > at
  return checkouts.map((checkout) =>
    checkout.messages === 'waiting' && checkout.waiting.some(isLost) ? { ...checkout, messages: 'lost' } : checkout,
  )
}
