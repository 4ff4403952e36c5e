import type { Attributes, AttributeValue } from '@opentelemetry/api'
import { ORDER_ID, USER_ID } from '../attributes'
import type { Continuity } from '../continuity/continuity'
import { operationOf } from '../continuity/operation-context'
import type { Guard } from '../page/guard'
import type { Report } from '../page/report'
import { wrongAttribute } from '../privacy/attribute-values'
import { problemOfId } from '../privacy/opaque-id'
import { traceHeaders } from '../propagation/headers'
import { spanOf } from '../spans/span-context'
import type { Order } from '../tracing'
import type { Operation } from './operation'
import type { RunStep } from './step'

export interface OrderParts {
  continuity: Continuity
  guard: Guard
  report: Report
  runStep: RunStep
  /** Whether the user agreed to be followed. */
  mayPropagate(): boolean
}

/** The handle that the page holds. Whatever the page does with it, nothing of ours is thrown at it. */
export function createOrder(
  operation: Operation,
  { continuity, guard, report, runStep, mayPropagate }: OrderParts,
): Order {
  const activeSpan = () => {
    const active = continuity.active()
    return (operationOf(active) === operation && spanOf(active)) || operation.span
  }
  return {
    traceId: operation.span.spanContext().traceId,
    run: (fn) => (operation.isOpen ? continuity.run(operation.context, fn) : fn()),
    step: (name, fn) => (operation.isOpen ? runStep(operation, name, fn) : fn()),
    setId: (id) => void guard('order', () => setOrderId(operation, id, report)),
    setAttributes: (attributes) => void guard('order', () => setAttributes(operation, attributes, report)),
    headers: ({ baggage = false } = {}) =>
      guard('order', () =>
        mayPropagate()
          ? Object.fromEntries(traceHeaders(activeSpan().spanContext(), baggage ? operation : undefined))
          : {},
      ) ?? {},
    succeed: () => void guard('order', () => operation.end('confirmed')),
    fail: (reason) => void guard('order', () => operation.end('failed', reason)),
  }
}

/** Backends answer with numbers often enough; they are taken as the text that they are in a URL. */
export function setOrderId(operation: Operation, id: unknown, report: Report): void {
  const text = typeof id === 'number' ? String(id) : id
  const problem = problemOfId('the order id', text)
  if (problem) report.misuse(problem)
  else if (!operation.isOpen) report.misuse(`the order id came after "${operation.step}" had ended; set it before`)
  else operation.setOrderId(text as string)
}

/** The ids have setters that look at them. */
const RESERVED: Record<string, string> = { [ORDER_ID]: 'setId', [USER_ID]: 'tracing.setUser' }
/** The rest of a span's attributes is for what ordertrace itself has to say. */
const MOST_ATTRIBUTES = 64

export function setAttributes(operation: Operation, attributes: Attributes, report: Report): void {
  for (const [name, value] of Object.entries(attributes)) {
    const problem = problemOfAttribute(operation, name, value)
    if (problem) report.misuse(problem)
    else operation.span.setAttribute(name, value as AttributeValue)
  }
}

function problemOfAttribute({ attributeNames }: Operation, name: string, value: unknown): string | undefined {
  if (Object.hasOwn(RESERVED, name)) return `the attribute "${name}" is set by ${RESERVED[name]}; it is left out`
  const problem = wrongAttribute(name, value)
  if (problem) return problem
  if (attributeNames.size >= MOST_ATTRIBUTES && !attributeNames.has(name)) {
    return `an order has more than ${MOST_ATTRIBUTES} attributes; "${name}" is left out`
  }
  attributeNames.add(name)
  return undefined
}
