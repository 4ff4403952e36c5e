import { USER_ID, USER_UNCONFIRMED } from '../../src/attributes'
import type { OtlpSpan } from '../../src/otlp/export-request'
import { type ReceivedSpan, SPAN_KINDS, STATUS_CODES } from '../../src/otlp/received-span'
import type { LoginState } from '../parts/door/handed-on'
import { eventNames, spanNames } from './allowed-names'
import { cleanAttributes } from './clean-attributes'
import type { DoorLimits } from './limits'
import { boundName, isSpanName } from './span-names'

/** Why one span of a request is left out. */
export type SpanRefusal = 'foreign_service' | 'server_span' | 'time' | 'bad_id' | 'name'

/** What the browsers' pages make: what a page does, and the requests that it sends. */
const kinds: readonly string[] = ['internal', 'client']

export interface SpanRules {
  limits: DoorLimits
  login: LoginState
  /** ms since 1970 */
  now: number
}

/** A span written anew, of nothing but what may pass. */
export interface CleanSpan {
  span: OtlpSpan
  droppedAttributes: number
  isUnconfirmed: boolean
}

/** Why this span may not pass, besides its service; nothing if it may. */
export function refuseSpan(span: ReceivedSpan, { limits, now }: SpanRules): SpanRefusal | undefined {
  if (!kinds.includes(span.kind)) return 'server_span'
  if (span.parentSpanId === span.spanId) return 'bad_id'
  const [start, end] = [toMs(span.startTime), toMs(span.endTime)]
  // To the nanosecond: a store that counts a duration without a sign reads one below nothing as centuries.
  const isBackwards = span.endTime < span.startTime
  if (start < now - limits.oldestMs || end > now + limits.aheadMs || isBackwards) return 'time'
  return isSpanName(span.name) ? undefined : 'name'
}

export function cleanSpan(span: ReceivedSpan, { limits, login, now }: SpanRules): CleanSpan {
  const cut = (text: string) => text.slice(0, limits.characters)
  const { kept, dropped } = cleanAttributes(span.attributes, spanNames, limits)
  const unconfirmed = readUnconfirmed(kept.find(({ key }) => key === USER_ID)?.value?.stringValue, login)
  if (unconfirmed) kept.push({ key: USER_UNCONFIRMED, value: { stringValue: unconfirmed } })
  const clean = {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: String(span.startTime),
    endTimeUnixNano: String(span.endTime),
    attributes: kept,
    droppedAttributesCount: dropped,
    events: span.events
      .filter(({ time }) => toMs(time) > now - limits.oldestMs && toMs(time) < now + limits.aheadMs)
      .slice(0, limits.events)
      .map(({ name, time, attributes }) => ({
        timeUnixNano: String(time),
        name: boundName(name),
        attributes: cleanAttributes(attributes, eventNames, limits).kept,
      })),
    links: span.links
      .filter(({ traceId, spanId }) => /^[0-9a-f]{32}$/.test(traceId) && /^[0-9a-f]{16}$/.test(spanId))
      .slice(0, limits.events)
      .map(({ traceId, spanId }) => ({ traceId, spanId })),
    status: { code: STATUS_CODES.indexOf(span.status.code), message: cut(span.status.message) },
  }
  return { span: clean, droppedAttributes: dropped, isUnconfirmed: unconfirmed !== undefined }
}

/** What an analyst reads where a span's user is not known to be who was there: the span may be of an earlier login, or forged. */
function readUnconfirmed(userId: string | undefined, login: LoginState): string | undefined {
  if (userId === undefined) return undefined
  if (login === 'unknown') return 'unknown'
  if (login === 'none') return 'no-login'
  return login.userId === userId ? undefined : 'other-login'
}

function toMs(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}
