import type { Continuity } from '../continuity/continuity'
import type { Clock } from '../page/clock'
import type { PageListeners } from '../page/page-listeners'
import type { Report } from '../page/report'
import { traceHeaders } from '../propagation/headers'
import type { Targets } from '../propagation/targets'
import { checkName } from './names'
import type { Operation } from './operation'
import type { Operations, Timers } from './operations'
import { setOrderId } from './order'

export interface DeclarativeParts {
  clock: Clock
  operations: Operations
  continuity: Continuity
  listeners: PageListeners
  timers: Timers
  report: Report
  options: { targets: Targets }
  mayPropagate(): boolean
}

/**
 * How long after its last response an operation waits for a request that follows from it, in ms: reading a body and rendering come in
 * between. The span ends at the last response all the same.
 */
const FOLLOW_UP_MS = 100

const STEP = 'data-order-step'
/** The form that the browser sends carries the trace in a field, for no header can be set there. */
const CARRY = 'data-order-traceparent'
const SELECTOR = `[${STEP}]`

/** A form that the browser sends itself takes the page away; where it does not (another tab, a download), the operation ends after this, in ms. */
const SENT_FORM_MS = 10_000

/** An operation, and the event that its listeners are to be looked for in: the click, or the submit that came of it. */
interface Started {
  operation: Operation
  event: Event
}

/** Forms and buttons that carry `data-order-step` start an operation by themselves, before the page's own listeners run. */
export function traceMarkup(parts: DeclarativeParts): () => void {
  const { operations, continuity, listeners, report, options, mayPropagate } = parts
  const clicked = new WeakMap<Element, Started>()
  const sent = new WeakMap<Element, Started>()

  const start = (element: Element, event: Event): Started => {
    const continues = element.hasAttribute(CARRY)
    const operation = operations.start(checkName(element.getAttribute(STEP), report), { continues })
    const started = { operation, event }
    continuity.holdForListeners(operation.context, event)
    endWhenIdle(started, element, parts)
    return started
  }
  const onClick = (event: Event) => {
    // The path reaches into shadow trees, where the target shown outside is their host.
    const element = event.composedPath().find((node) => node instanceof Element && node.matches(SELECTOR))
    if (!(element instanceof Element) || element instanceof HTMLFormElement) return
    clicked.set(element, start(element, event))
  }
  const onSubmit = (event: Event) => {
    const submitter = (event as SubmitEvent).submitter
    const byClick = submitter ? clicked.get(submitter) : undefined
    if (byClick?.operation.isOpen) {
      byClick.event = event
      continuity.holdForListeners(byClick.operation.context, event)
    } else {
      const form = event.composedPath()[0]
      if (form instanceof Element && form.matches(SELECTOR)) sent.set(form, start(form, event))
    }
  }
  /** A field reaches whoever the form is sent to; others than our servers have no use for it. */
  const isOurs = (form: Element, { submitter }: SubmitEvent) => {
    const given = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
    const url = new URL(given, document.baseURI)
    return url.origin === self.origin || options.targets(url)
  }
  const onFormData = ({ target, formData }: FormDataEvent) => {
    const form = target as Element
    const { operation, event } = sent.get(form) ?? {}
    // In a listener of `submit`, and where that was prevented, it is the page that reads the form; and so it is once the browser has.
    if (!operation?.isOpen || !event || event.eventPhase || event.defaultPrevented) return
    sent.delete(form)
    if (!operation.continues || !mayPropagate() || !isOurs(form, event as SubmitEvent)) return
    for (const [name, value] of traceHeaders(operation.span.spanContext())) formData.set(name, value)
  }
  const listen = (type: string, listener: (event: Event) => void) =>
    listeners.add('declarative', window, type, listener)
  const stops = [
    listen('click', onClick),
    listen('submit', onSubmit),
    listen('formdata', (event) => onFormData(event as FormDataEvent)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

/** The operation ends when its requests have settled: as failed with the first of them that failed. */
function endWhenIdle(started: Started, element: Element, { report, clock, timers }: DeclarativeParts): void {
  const { operation } = started
  let failure: string | undefined
  let timer: ReturnType<typeof setTimeout>
  let idleSince = clock.now()
  const readId = () => {
    const id = element.getAttribute('data-order-id')
    if (id && id !== operation.orderId) setOrderId(operation, id, report)
  }
  // A form that the browser itself sends makes no request that we see: the page goes away with it.
  const isFormSent = () =>
    operation.requests.started === 0 && started.event.type === 'submit' && !started.event.defaultPrevented
  const endIfIdle = () => {
    if (!operation.isOpen || operation.requests.inFlight > 0 || isFormSent()) return
    readId()
    const reason = operation.requests.started === 0 ? 'no-request' : failure
    operation.end(reason ? 'failed' : 'confirmed', reason, idleSince)
  }
  const waitForFollowUp = () => {
    idleSince = clock.now()
    clearTimeout(timer)
    timer = timers.later(() => {
      endIfIdle()
      if (isFormSent()) timer = timers.later(() => operation.end('abandoned', 'form-sent', idleSince), SENT_FORM_MS)
    }, FOLLOW_UP_MS)
  }
  operation.onIdle = (reason) => {
    failure ??= reason
    waitForFollowUp()
  }
  operation.onLeave = endIfIdle
  readId()
  waitForFollowUp()
}
