import { ORDER_OUTCOME, ORDER_SPAN_PREFIX, ORDER_STEP } from '../attributes'
import type { JaegerSpan } from '../jaeger/jaeger-trace'
import { greatestOf } from './extremes'
import type { SpanNode, SpanTree } from './span-tree'

/** The step of which this span is the operation; `undefined` for any other span, also for one within the operation. */
export function stepOf({ name, attributes }: Pick<JaegerSpan, 'name' | 'attributes'>): string | undefined {
  const step = attributes[ORDER_STEP]
  if (typeof step === 'string') return name === ORDER_SPAN_PREFIX + step ? step : undefined
  const found = name.startsWith(ORDER_SPAN_PREFIX) ? name.slice(ORDER_SPAN_PREFIX.length) : ''
  return found && !found.includes('.') ? found : undefined
}

/**
 * The operation of a step, as one span: an order that went on on a later page has several, which are then put under one that lasts from the
 * first to the last and ended as the last did.
 * @param step default: whichever comes first
 */
export function findOperation({ nodes }: SpanTree, service: string, step?: string): SpanNode | undefined {
  const wanted = nodes.filter(({ span }) => span.service === service && isOf(span, step))
  const [first] = wanted
  if (!first) return undefined
  const same = wanted.filter(({ span }) => stepOf(span) === stepOf(first.span))
  const last = same.at(-1)
  if (!last || last === first) return first
  const end = greatestOf(same.map((node) => node.end))
  const span: JaegerSpan = {
    ...first.span,
    status: last.span.status,
    statusMessage: last.span.statusMessage,
    attributes: { ...first.span.attributes, ...last.span.attributes },
  }
  // Pages of one operation may be nested, where the later outlasts the earlier, or stand side by side; either way each is a part of the whole.
  return { span, start: first.start, end, parent: undefined, children: same, isOrphan: false }
}

function isOf(span: JaegerSpan, step: string | undefined): boolean {
  const own = stepOf(span)
  return own !== undefined && (step === undefined || own === step)
}

/** How the operation says that it ended. */
export function outcomeOf({ attributes }: JaegerSpan): string {
  const outcome = attributes[ORDER_OUTCOME]
  return typeof outcome === 'string' ? outcome : ''
}
