import { ApiError } from '../../../ui/api'
import { useMes } from '../mes'
import type { Order } from './order'
import type { Outcome } from './step-runner'
import type { Step } from './steps'

/** Does a step and says what came of it; a price is computed after a choice. */
export function usePerform() {
  const { steps, pricing, onProblem } = useMes()
  const announce = useAnnounce()
  return async (step: Step, order: Order): Promise<void> => {
    if (step === 'price') return pricing.open(order)
    const outcome = await steps.run(step, order)
    if (outcome.kind === 'refused') onProblem(outcome.error)
    announce(step, order, outcome)
  }
}

/** Says in words what came of a step. */
export function useAnnounce() {
  const { notices, translation } = useMes()
  return (step: Step, { id }: Order, outcome: Outcome): void => {
    if (outcome.kind === 'done') {
      const values = { id, price: translation.price(outcome.order.price ?? 0) }
      notices.show({ kind: 'done', text: translation.text(`done.${step}`, values) })
    }
    if (outcome.kind === 'refused' && !isOfSession(outcome.error)) {
      const text = `${translation.text('refused.order', { id })} ${translation.explain(outcome.error)}`
      notices.show({ kind: 'refused', text })
    }
  }
}

/** The whole screen tells of these. */
function isOfSession(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.code === 'role_required')
}
