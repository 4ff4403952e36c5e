import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Format } from './read-request'

/** What is said of spans that were not taken. */
export interface PartialSuccess {
  rejectedSpans: number
  message: string
}

export interface OtlpAnswer {
  type: string
  body: string | Uint8Array
}

/** google.rpc codes, https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto; 3 is INVALID_ARGUMENT. */
const rpcCodes: Record<number, number> = { 403: 7, 404: 5, 405: 12, 408: 4, 413: 8, 429: 8, 500: 13, 502: 14, 503: 14 }

/** https://opentelemetry.io/docs/specs/otlp/#full-success-1 */
export function writeSuccess(format: Format, { rejectedSpans, message }: PartialSuccess): OtlpAnswer {
  if (format === 'json') {
    // 64-bit numbers are text in OTLP's JSON.
    const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage: message }
    return asJson(rejectedSpans > 0 ? { partialSuccess } : {})
  }
  if (rejectedSpans === 0) return asProtobuf(new BinaryWriter())
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.Varint).int64(rejectedSpans)
  writer.tag(2, WireType.LengthDelimited).string(message)
  return asProtobuf(writer.join())
}

/** https://opentelemetry.io/docs/specs/otlp/#failures-1 */
export function writeFailure(format: Format, { status, message }: { status: number; message: string }): OtlpAnswer {
  const code = rpcCodes[status] ?? 3
  if (format === 'json') return asJson({ code, message })
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(code)
  return asProtobuf(writer.tag(2, WireType.LengthDelimited).string(message))
}

function asJson(value: unknown): OtlpAnswer {
  return { type: 'application/json', body: JSON.stringify(value) }
}

function asProtobuf(writer: BinaryWriter): OtlpAnswer {
  return { type: 'application/x-protobuf', body: writer.finish() }
}
