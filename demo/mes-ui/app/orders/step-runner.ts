import type { Tracing } from 'ordertrace'
import { shallowReactive } from 'vue'
import { post } from '../../../ui/api'
import type { Order } from './order'
import type { Step } from './steps'

/** What came of a step. `unheard`: nobody wants to know, for another operator is here now. */
export type Outcome = { kind: 'done'; order: Order } | { kind: 'refused'; error: unknown } | { kind: 'unheard' }

export interface StepRunner {
  /** The step that runs on an order, by the order's id. */
  readonly running: ReadonlyMap<string, Step>
  /** Does the step as one operation of the order, unless one runs on it already. */
  run(step: Step, order: Order, body?: Record<string, unknown>): Promise<Outcome>
  /** Calls back when a step has ended, with the order as it is now, or without when it was refused. */
  onSettled(listener: Settled): () => void
}

type Settled = (id: string, order: Order | undefined) => void

export interface StepRunnerParts {
  tracing: Pick<Tracing, 'order'>
  /** The opaque id of whoever is here. */
  userId(): string | undefined
}

/** Runs the steps that operators do, each in a trace of its own. */
export function createStepRunner({ tracing, userId }: StepRunnerParts): StepRunner {
  const running = shallowReactive(new Map<string, Step>())
  const listeners = new Set<Settled>()
  return {
    running,
    async run(step, { id }, body = {}) {
      if (running.has(id)) return { kind: 'unheard' }
      running.set(id, step)
      const operator = userId()
      // Nothing but the one request is in the operation: what is asked afterwards may be asked by the next operator.
      const send = () => post<Order>(`/api/orders/${encodeURIComponent(id)}/${step}`, body)
      const outcome = await tracing.order(step, { id }, send).then(
        (order): Outcome => ({ kind: 'done', order }),
        (error: unknown): Outcome => ({ kind: 'refused', error }),
      )
      for (const listener of listeners) listener(id, outcome.kind === 'done' ? outcome.order : undefined)
      running.delete(id)
      return operator === userId() ? outcome : { kind: 'unheard' }
    },
    onSettled(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
