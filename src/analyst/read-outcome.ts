import { HTTP_STATUS } from '../attributes'
import type { Outcome } from './checkout'
import { outcomeOf } from './order-spans'
import type { SpanNode } from './span-tree'

/** How an operation ended. */
export function readOutcome({ span }: SpanNode): Outcome {
  const outcome = outcomeOf(span)
  if (outcome === 'confirmed' || outcome === 'failed' || outcome === 'abandoned') return outcome
  // Continued on a later page, from which nothing came.
  if (outcome) return 'open'
  // Made by an older version, or another SDK, which say nothing of it; or by a server, whose refusals are no errors of its own.
  const status = Number(span.attributes[HTTP_STATUS] ?? 0)
  return span.status === 'error' || status >= 400 ? 'failed' : 'confirmed'
}
