import type { FinishedSpan } from '../spans/recorded-span'

/** A span that ended and is not yet sent. */
export interface Waiting {
  /** As OTLP/JSON. */
  json: string
  bytes: number
  /** Spans of orders go first, and are given up last. */
  isOrder: boolean
  /** Kept until it is sent, to be written again should a server tell the time. Not there for a span of an earlier page. */
  span?: FinishedSpan
  /** Who made it, for a span of an earlier page; ours if not given. */
  head?: string
  /** When it was first put away, for a span of an earlier page, ms since the epoch. */
  at?: number
}

const encoder = new TextEncoder()

/** As bytes on the wire. Written into what is there they take half the time. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(3 * text.length)
  return bytes.subarray(0, encoder.encodeInto(text, bytes).written)
}

/** On the wire. Most texts are ASCII; to encode each span only to count it would cost as much as to write it. */
export const bytesOf = (text: string) => (/[^\0-\x7f]/.test(text) ? utf8(text).length : text.length)
