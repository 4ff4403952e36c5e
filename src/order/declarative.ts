import type { Continuity } from '../continuity/continuity'
import type { Clock } from '../page/clock'
import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import { checkName } from './names'
import type { Operation } from './operation'
import type { Operations } from './operations'
import { setOrderId } from './order'

export interface DeclarativeParts {
  clock: Clock
  operations: Operations
  continuity: Continuity
  guard: Guard
  report: Report
}

/**
 * How long after its last response an operation waits for a request that follows from it, in ms: reading a body and rendering come in
 * between. The span ends at the last response all the same.
 */
const FOLLOW_UP_MS = 100

const STEP = 'data-order-step'
const SELECTOR = `[${STEP}]`

/** Forms and buttons that carry `data-order-step` start an operation by themselves, before the page's own listeners run. */
export function traceMarkup({ operations, continuity, guard, report, clock }: DeclarativeParts): () => void {
  const clicked = new WeakMap<Element, Operation>()

  const start = (element: Element, event: Event) => {
    const operation = operations.start(checkName(element.getAttribute(STEP), report))
    continuity.holdForListeners(operation.context, event)
    endWhenIdle(operation, element, event, { report, clock })
    return operation
  }
  const onClick = (event: Event) => {
    const element = event.target instanceof Element ? event.target.closest(SELECTOR) : null
    if (!element || element instanceof HTMLFormElement) return
    clicked.set(element, start(element, event))
  }
  const onSubmit = (event: Event) => {
    const submitter = (event as SubmitEvent).submitter
    const byClick = submitter ? clicked.get(submitter) : undefined
    if (byClick?.isOpen) continuity.holdForListeners(byClick.context, event)
    else if (event.target instanceof Element && event.target.matches(SELECTOR)) start(event.target, event)
  }
  const listen = (type: string, listener: (event: Event) => void) => {
    const guarded = (event: Event) => void guard('declarative', () => listener(event))
    addEventListener(type, guarded, true)
    return () => removeEventListener(type, guarded, true)
  }
  const stops = [listen('click', onClick), listen('submit', onSubmit)]
  return () => {
    for (const stop of stops) stop()
  }
}

/** The operation ends when its requests have settled: as failed with the first of them that failed. */
function endWhenIdle(
  operation: Operation,
  element: Element,
  event: Event,
  { report, clock }: Pick<DeclarativeParts, 'report' | 'clock'>,
): void {
  let failure: string | undefined
  let timer: ReturnType<typeof setTimeout>
  let idleSince = clock.now()
  const readId = () => {
    const id = element.getAttribute('data-order-id')
    if (id && id !== operation.orderId) setOrderId(operation, id, report)
  }
  const endIfIdle = () => {
    const { started, inFlight } = operation.requests
    // A form that the browser itself sends makes no request that we see: the page goes away with it.
    const isLeaving = started === 0 && event.type === 'submit' && !event.defaultPrevented
    if (!operation.isOpen || inFlight > 0 || isLeaving) return
    readId()
    const reason = started === 0 ? 'no-request' : failure
    operation.end(reason ? 'failed' : 'confirmed', reason, idleSince)
  }
  const waitForFollowUp = () => {
    idleSince = clock.now()
    clearTimeout(timer)
    timer = setTimeout(endIfIdle, FOLLOW_UP_MS)
  }
  operation.onIdle = (reason) => {
    failure ??= reason
    waitForFollowUp()
  }
  operation.onLeave = endIfIdle
  readId()
  waitForFollowUp()
}
