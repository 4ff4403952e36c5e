import type { Attributes, Context } from '@opentelemetry/api'
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node'
import { idNames } from '../orders/order-ids'
import { keepImpersonal } from './private-spans'

/** Spans of one request that wait for its end; beyond this many they go without late ids rather than fill the memory. */
const maxHeld = 512

interface Request {
  rootId: string
  held: ReadableSpan[]
  /** Known when the request's own span has ended. */
  ids?: Attributes
}

/**
 * Holds the spans of a request until the request's own span ends, then hands all of them on with the ids that are known
 * by then. Without this, a search by id would miss what ran before the session was read or the order got its id.
 */
export class LateIdsProcessor implements SpanProcessor {
  /** The request of every open span, by span id. */
  private readonly requests = new Map<string, Request>()

  constructor(private readonly next: SpanProcessor) {}

  onStart(span: Span, context: Context): void {
    const { spanId } = span.spanContext()
    const parent = span.parentSpanContext
    const known = parent && !parent.isRemote ? this.requests.get(parent.spanId) : undefined
    this.requests.set(spanId, known ?? { rootId: spanId, held: [] })
    this.next.onStart(span, context)
  }

  onEnd(span: ReadableSpan): void {
    const { spanId } = span.spanContext()
    const request = this.requests.get(spanId) ?? { rootId: spanId, held: [] }
    this.requests.delete(spanId)
    request.held.push(span)
    if (spanId === request.rootId) request.ids = span.attributes
    if (request.ids || request.held.length > maxHeld) this.release(request)
  }

  forceFlush(): Promise<void> {
    for (const request of this.requests.values()) this.release(request)
    return this.next.forceFlush()
  }

  async shutdown(): Promise<void> {
    await this.forceFlush()
    await this.next.shutdown()
  }

  private release(request: Request): void {
    for (const span of request.held.splice(0)) this.next.onEnd(withIds(span, request.ids ?? {}))
  }
}

/** A view of the span with more attributes: the span itself has ended and takes none. */
function withIds(span: ReadableSpan, ids: Attributes): ReadableSpan {
  const late = Object.fromEntries(idNames.filter((name) => ids[name]).map((name) => [name, ids[name]]))
  const attributes = keepImpersonal({ ...span.attributes, ...late })
  return Object.create(span, { attributes: { value: attributes, enumerable: true } }) as ReadableSpan
}
