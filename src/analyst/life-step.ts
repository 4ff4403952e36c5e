import type { Outcome } from './checkout'
import type { HopState, LifeHop } from './life-hops'

/** One step in the life of an order: one trace. */
export interface LifeStep {
  traceId: string
  /** The UI's `service.name` and the step; where the page's part was lost, those of the API and what it was asked. */
  service: string
  step: string
  userId: string
  /** When it began, ms since 1970. */
  at: number
  ms: number
  outcome: Outcome
  state: HopState
  hops: LifeHop[]
}
