import {
  type Attributes,
  type AttributeValue,
  type Exception,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
} from '@opentelemetry/api'
import { isAttributeValue } from './attribute-value'
import type { SpanTime } from './span-time'

/** What a span is when it has ended, as the other rooms read it. */
export interface FinishedSpan {
  readonly name: string
  readonly kind: SpanKind
  readonly parentSpanContext: SpanContext | undefined
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly status: SpanStatus
  readonly attributes: Attributes
  readonly events: readonly SpanEvent[]
  readonly links: readonly Link[]
  readonly droppedAttributesCount: number
  readonly droppedEventsCount: number
  readonly droppedLinksCount: number
  spanContext(): SpanContext
}

export interface SpanEvent {
  name: string
  time: HrTime
  attributes: Attributes
}

export interface SpanParts {
  time: SpanTime
  /** Where an attribute's text is cut before anyone looks at it. */
  attributeCharacters: number
  onEnd(span: FinishedSpan): void
}

/** The limits that the specification gives, with fewer events and links: a trace is for following an order. */
const MOST_ATTRIBUTES = 128
const MOST_EVENTS = 32
const MOST_LINKS = 32

/** A span of `@opentelemetry/api` as its specification has it; after its end it takes nothing any more. */
export class RecordedSpan implements Span, FinishedSpan {
  attributes: Attributes = {}
  events: SpanEvent[] = []
  links: Link[] = []
  status: SpanStatus = { code: SpanStatusCode.UNSET }
  endTime: HrTime = [0, 0]
  droppedAttributesCount = 0
  droppedEventsCount = 0
  droppedLinksCount = 0
  readonly startTime: HrTime
  private readonly identity: SpanContext
  private readonly parts: SpanParts
  private isEnded = false

  constructor(
    parts: SpanParts,
    identity: SpanContext,
    readonly parentSpanContext: SpanContext | undefined,
    public name: string,
    readonly kind: SpanKind,
    startTime: TimeInput | undefined,
  ) {
    this.parts = parts
    this.identity = identity
    this.startTime = parts.time(startTime)
  }

  spanContext() {
    return this.identity
  }

  isRecording() {
    return !this.isEnded
  }

  setAttribute(name: string, value: AttributeValue) {
    if (!this.isEnded && !put(this.attributes, name, value, this.parts.attributeCharacters))
      this.droppedAttributesCount++
    return this
  }

  setAttributes(attributes: Attributes) {
    for (const name of Object.keys(attributes ?? {})) this.setAttribute(name, attributes[name] as AttributeValue)
    return this
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput) {
    if (this.isEnded) return this
    const isTime =
      typeof attributesOrTime === 'number' || Array.isArray(attributesOrTime) || attributesOrTime instanceof Date
    const at = time ?? (isTime ? (attributesOrTime as TimeInput) : undefined)
    const attributes = this.copied(isTime ? undefined : (attributesOrTime as Attributes | undefined))
    this.events.push({ name, attributes, time: this.parts.time(at) })
    if (this.events.length > MOST_EVENTS) {
      this.events.shift()
      this.droppedEventsCount++
    }
    return this
  }

  addLink(link: Link) {
    if (this.isEnded) return this
    this.links.push({ context: link.context, attributes: this.copied(link.attributes) })
    if (this.links.length > MOST_LINKS) {
      this.links.shift()
      this.droppedLinksCount++
    }
    return this
  }

  addLinks(links: Link[]) {
    for (const link of links) this.addLink(link)
    return this
  }

  setStatus({ code, message }: SpanStatus = { code: SpanStatusCode.UNSET }) {
    // What was said to be well stays well (https://opentelemetry.io/docs/specs/otel/trace/api/#set-status).
    if (this.isEnded || code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return this
    this.status = code === SpanStatusCode.ERROR && typeof message === 'string' ? { code, message } : { code }
    return this
  }

  updateName(name: string) {
    if (!this.isEnded) this.name = name
    return this
  }

  recordException(exception: Exception, time?: TimeInput) {
    const { code, name, message, stack } = (
      typeof exception === 'string' ? { message: exception } : (exception ?? {})
    ) as { code?: string | number; name?: string; message?: string; stack?: string }
    const type = code ? String(code) : name
    const attributes = {
      ...(type && { 'exception.type': type }),
      ...(message && { 'exception.message': message }),
      ...(stack && { 'exception.stacktrace': stack }),
    }
    if (type || message) this.addEvent('exception', attributes, time)
  }

  end(time?: TimeInput) {
    if (this.isEnded) return
    const end = this.parts.time(time)
    // A clock that was set back gives no negative duration.
    this.endTime = isBefore(end, this.startTime) ? this.startTime : end
    this.isEnded = true
    this.parts.onEnd(this)
  }

  private copied(given: Attributes | undefined): Attributes {
    const attributes: Attributes = {}
    for (const name of Object.keys(given ?? {}))
      put(attributes, name, given?.[name] as AttributeValue, this.parts.attributeCharacters)
    return attributes
  }
}

const isBefore = (a: HrTime, b: HrTime) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])

/** @returns `false` where there is no room for it; what is no attribute is passed over, as the specification wants */
function put(attributes: Attributes, name: string, value: AttributeValue, characters: number): boolean {
  if (value == null || !name || !isAttributeValue(value)) return true
  if (!Object.hasOwn(attributes, name) && Object.keys(attributes).length >= MOST_ATTRIBUTES) return false
  attributes[name] = Array.isArray(value)
    ? (value.map((item) => cut(item, characters)) as AttributeValue)
    : cut(value, characters)
  return true
}

const cut = <T>(value: T, characters: number) => (typeof value === 'string' ? value.slice(0, characters) : value) as T
