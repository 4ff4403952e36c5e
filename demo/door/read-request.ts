import type { IncomingMessage } from 'node:http'
import { readBody as decode } from '../../src/otlp/read-body'
import { type ReadSpans, readSpans } from '../../src/otlp/read-spans'
import { OtlpRefusal } from '../../src/otlp/refusal'
import { DoorRefusal } from './door-refusal'
import type { DoorLimits } from './limits'
import { readBody } from './read-body'

/** What a request may be written in. */
export type Format = 'json' | 'protobuf'

/** A page of anywhere may send text without asking, so only what needs to ask is taken. */
const formats: Record<string, Format> = { 'application/json': 'json', 'application/x-protobuf': 'protobuf' }

/** Resources, scopes, spans, attributes and values in protobuf, where an empty one costs two bytes. */
const mostMessages = 50_000

export function readFormat({ headers }: IncomingMessage): Format | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  return Object.hasOwn(formats, type) ? formats[type] : undefined
}

/** How deep values may be nested; ours are plain. */
const maxDepth = 8

/** Reads the spans of an OTLP request within the limits, whatever it unpacks to. Throws a {@link DoorRefusal}. */
export async function readRequest(request: IncomingMessage, limits: DoorLimits): Promise<ReadSpans> {
  const body = await readBody(request, limits)
  try {
    const within = { maxBytes: limits.bodyBytes, maxMessages: mostMessages, maxDepth }
    return readSpans(await decode(body, request.headers, within), within)
  } catch (error) {
    if (!(error instanceof OtlpRefusal)) throw error
    const code = ({ 400: 'malformed', 413: 'too_large', 415: 'wrong_type' } as const)[error.status]
    throw new DoorRefusal(code, error.message)
  }
}
