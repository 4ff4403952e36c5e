import { BinaryReader } from '@bufbuild/protobuf/wire'
import type { ExportRequest } from './export-request'
import { DEFAULT_LIMITS, type OtlpLimits } from './limits'
import { exportTraceServiceRequest, type Field, type Message } from './protobuf-messages'
import { messageOf, OtlpRefusal } from './refusal'

/** resourceSpans, scopeSpans, spans, events, attributes: so deep a request goes before a value begins. */
const DEPTH_ABOVE_VALUES = 5

/**
 * Reads an `ExportTraceServiceRequest` into the shape of OTLP/JSON. Unknown fields are skipped, as protobuf wants it.
 * @throws OtlpRefusal with 400 for what is not one, 413 for what is beyond `maxMessages` or `maxDepth`
 */
export function readProtobuf(body: Uint8Array, limits: OtlpLimits = {}): ExportRequest {
  const { maxMessages, maxDepth } = { ...DEFAULT_LIMITS, ...limits }
  const reader = new BinaryReader(body)
  let messages = 0

  function readMessage(message: Message, end: number, depth: number): Record<string, unknown> {
    if (++messages > maxMessages) throw new OtlpRefusal(413, `the request holds more than ${maxMessages} messages`)
    // A nested value is two messages deep: the value, and the list that it stands in.
    if (depth > DEPTH_ABOVE_VALUES + 2 * maxDepth) {
      throw new OtlpRefusal(413, `an attribute is nested deeper than ${maxDepth} levels`)
    }
    const result: Record<string, unknown> = {}
    while (reader.pos < end) {
      const [number, wireType] = reader.tag()
      const field = Object.hasOwn(message, number) ? message[number] : undefined
      if (field && wireType === (typeof field.type === 'function' ? 2 : field.type.wireType)) {
        put(result, field, readField(field, end, depth))
      } else reader.skip(wireType, number)
    }
    if (reader.pos !== end) throw new RangeError('a field is longer than its message')
    return result
  }

  function readField({ type }: Field, end: number, depth: number): unknown {
    if (typeof type !== 'function') return type.read(reader)
    const length = reader.uint32()
    const innerEnd = reader.pos + length
    if (innerEnd > end) throw new RangeError('a message is longer than the one that it is in')
    return readMessage(type(), innerEnd, depth + 1)
  }

  try {
    return readMessage(exportTraceServiceRequest, body.length, 0)
  } catch (error) {
    if (error instanceof OtlpRefusal) throw error
    throw new OtlpRefusal(400, `the body is not an OTLP trace request in protobuf: ${messageOf(error)}`)
  }
}

function put(result: Record<string, unknown>, { name, repeated }: Field, value: unknown): void {
  if (!repeated) result[name] = value
  else if (result[name]) (result[name] as unknown[]).push(value)
  else result[name] = [value]
}
