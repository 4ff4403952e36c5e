import { useEffect, useRef, useState } from 'react'
import type { OrderWithHistory } from '../../../crm-api/orders'
import type { Answers } from '../answers/use-answer'
import { useTexts } from '../texts/texts'
import { ConfirmWithoutPrice } from './confirm-without-price'
import { StepResult } from './step-result'
import { allowedSteps, type Step, steps } from './steps'
import { type StepState, useStep } from './use-step'

/** What the order waits for, the button when that is the manager, and how the last step ended. */
export function NextStep({ order, answers }: { order: OrderWithHistory; answers: Answers<OrderWithHistory> }) {
  const { texts } = useTexts()
  const { state, go } = useStep(order.id, answers)
  const [asksToConfirm, setAsking] = useState(false)
  const isRunning = state.state === 'running'
  // After a step its button is gone, and with it the focus: the panel takes it, where the result is read.
  const panel = useRef<HTMLElement>(null)
  const hasEnded = state.state === 'done' || state.state === 'failed'
  useEffect(() => {
    if (hasEnded) panel.current?.focus({ preventScroll: true })
  }, [hasEnded])

  const press = (step: Step) => {
    if (step === 'approve' && order.price === null) setAsking(true)
    else void go(step)
  }
  return (
    <section className="card next" ref={panel} tabIndex={-1} aria-label={texts.next.heading} aria-busy={isRunning}>
      <h2>{texts.next.heading}</h2>
      <StepResult result={isPast(state, order) ? { state: 'none' } : state} />
      <p>{texts.next[order.status]}</p>
      {allowedSteps(order.status).map((step) => (
        // Not disabled while it runs, for that would take the focus away.
        <button
          key={step}
          type="button"
          className={step === 'approve' && order.price === null ? 'secondary' : 'primary'}
          aria-disabled={isRunning}
          onClick={() => isRunning || press(step)}
        >
          {isRunning && state.step === step ? texts.steps[step].running : texts.steps[step].action}
        </button>
      ))}
      {asksToConfirm && (
        <ConfirmWithoutPrice
          onClose={(isConfirmed) => {
            setAsking(false)
            if (isConfirmed) void go('approve')
          }}
        />
      )}
    </section>
  )
}

/** The order has gone on since: what was said of it then would only mislead. */
function isPast(result: StepState, { status }: OrderWithHistory): boolean {
  if (result.state === 'done') return status !== steps[result.step]
  return result.state === 'failed' && result.now !== undefined && result.now.status !== status
}
