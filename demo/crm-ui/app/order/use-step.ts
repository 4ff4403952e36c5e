import { useRef, useState } from 'react'
import type { OrderWithHistory } from '../../../crm-api/orders'
import { isPassed } from '../../../parts/orders/order-status'
import type { Answers } from '../answers/use-answer'
import { useSession } from '../session/session'
import { type Step, steps, takeStep } from './steps'

/** How the step that was taken last ended, or that it is under way. */
export type StepState =
  | { state: 'none' }
  | { state: 'running'; step: Step }
  | { state: 'done'; step: Step }
  /** `now`: the order as it truly is; nothing when that could not be found out. */
  | { state: 'failed'; step: Step; error: unknown; now: OrderWithHistory | undefined; isDoneAllTheSame: boolean }

/** Takes steps of an order, one at a time. After a failure the order is read again, for nobody knows how far it got. */
export function useStep(id: string, order: Pick<Answers<OrderWithHistory>, 'take' | 'reload'>) {
  const [state, setState] = useState<StepState>({ state: 'none' })
  const { noteRefusal } = useSession()
  // A second click comes before React has drawn the first.
  const isRunning = useRef(false)

  async function go(step: Step): Promise<void> {
    if (isRunning.current) return
    isRunning.current = true
    setState({ state: 'running', step })
    try {
      order.take(await takeStep(step, id))
      setState({ state: 'done', step })
    } catch (error) {
      noteRefusal(error)
      const now = await order.reload()
      setState({ state: 'failed', step, error, now, isDoneAllTheSame: hasArrived(error, step, now) })
    } finally {
      isRunning.current = false
    }
  }
  return { state, go }
}

/** The answer was lost, and what was asked for was done. A refusal, on the other hand, was an answer. */
function hasArrived(error: unknown, step: Step, now: OrderWithHistory | undefined): boolean {
  const { status = 0 } = error as { status?: number }
  const isRefusal = status >= 400 && status < 500
  return !isRefusal && now !== undefined && isPassed(steps[step], now.status)
}
