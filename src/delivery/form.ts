import type { Attributes } from '@opentelemetry/api'
import { DROPPED_SPANS } from '../attributes'
import { encodeHead, encodeRequest, encodeSpan } from '../spans/otlp-json'
import type { FinishedSpan } from '../spans/recorded-span'
import { bytesOf, type Waiting } from './waiting'

/** How spans are written for the collector. */
export interface Form {
  /** @returns `undefined` for a span that cannot be written, since the page changed how JSON is written, say */
  span(span: FinishedSpan, isOrder: boolean): Waiting | undefined
  /** The same span, as it is written now. */
  again(waiting: Waiting): Waiting
  /** @param dropped how many spans were dropped before, which the collector is told where spans of our own are among them */
  request(waiting: readonly Waiting[], dropped: number): string
  /** Whether this page made it, or one that would be described alike. */
  isOwn(waiting: Waiting): boolean
  /** Who made the spans of this page. */
  readonly head: string
}

export interface FormParts {
  resource: Attributes
  scope: { name: string; version: string }
  /** What a server said of the device's clock, ms to be added. */
  clockShift(): number
}

export function createForm({ resource, scope, clockShift }: FormParts): Form {
  const head = encodeHead(resource, scope)
  const write = (span: FinishedSpan, isOrder: boolean) => {
    try {
      const json = encodeSpan(span, clockShift())
      return { json, bytes: bytesOf(json), isOrder, span }
    } catch {
      return undefined
    }
  }
  const headThatTells = (dropped: number) => {
    try {
      return encodeHead({ ...resource, [DROPPED_SPANS]: dropped }, scope)
    } catch {
      return head
    }
  }
  const isOwn = ({ head: itsHead = head }: Waiting) => itsHead === head
  return {
    head,
    isOwn,
    span: write,
    again: (waiting) => (waiting.span && write(waiting.span, waiting.isOrder)) || waiting,
    request(waiting, dropped) {
      const own = dropped > 0 ? headThatTells(dropped) : head
      const groups = new Map<string, string[]>()
      for (const waits of waiting) {
        const itsHead = isOwn(waits) ? own : (waits.head as string)
        const group = groups.get(itsHead)
        if (group) group.push(waits.json)
        else groups.set(itsHead, [waits.json])
      }
      return encodeRequest(groups)
    },
  }
}
