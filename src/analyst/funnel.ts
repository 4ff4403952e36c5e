import type { Checkout, Outcome } from './checkout'
import { settleMessages } from './settle-messages'

/** How far orders came, each stage a part of the one before. */
export interface Funnel {
  started: number
  /** A request left the browser. */
  submitted: number
  confirmed: number
  /** Of the confirmed that sent messages, how many have arrived. */
  withMessages: number
  arrived: number
  lost: number
  failed: number
  abandoned: number
  open: number
  /** Why the others did not come further, the most frequent first. */
  reasons: { outcome: Outcome; reason: string; count: number }[]
}

export function describeFunnel(read: readonly Checkout[]): Funnel {
  const checkouts = settleMessages(read)
  const count = (is: (checkout: Checkout) => boolean) => checkouts.filter(is).length
  const ended = (outcome: Outcome) => count((checkout) => checkout.outcome === outcome)
  const confirmedWith = (...states: Checkout['messages'][]) =>
    count(({ outcome, messages }) => outcome === 'confirmed' && states.includes(messages))
  return {
    started: checkouts.length,
    // What was confirmed was sent, also where the span of the request was lost.
    submitted: count(({ isSubmitted, outcome }) => isSubmitted || outcome === 'confirmed'),
    confirmed: ended('confirmed'),
    withMessages: confirmedWith('arrived', 'lost', 'waiting'),
    arrived: confirmedWith('arrived'),
    lost: confirmedWith('lost'),
    failed: ended('failed'),
    abandoned: ended('abandoned'),
    open: ended('open'),
    reasons: countReasons(checkouts),
  }
}

function countReasons(checkouts: readonly Checkout[]): Funnel['reasons'] {
  const counts = new Map<string, Funnel['reasons'][number]>()
  for (const { outcome, reason } of checkouts) {
    if (outcome === 'confirmed') continue
    const key = `${outcome}\n${reason}`
    const known = counts.get(key) ?? { outcome, reason, count: 0 }
    known.count++
    counts.set(key, known)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}
