import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { OtlpRefusal } from '../../src/otlp/refusal'
import { type Answer, json } from './answer'

/** google.rpc codes, which OTLP's error body carries: INVALID_ARGUMENT and RESOURCE_EXHAUSTED. */
const INVALID = 3
const EXHAUSTED = 8

/** The answer to a request that was read, with the spans that were not kept, and why. */
export function exportAnswer(
  { rejected, message }: { rejected: number; message: string },
  isProtobuf: boolean,
): Answer {
  if (isProtobuf) return protobuf(200, rejected > 0 ? partialSuccess(rejected, message) : new Uint8Array())
  if (rejected === 0) return json(200, {})
  // 64-bit numbers are strings in OTLP's JSON.
  return json(200, { partialSuccess: { rejectedSpans: String(rejected), errorMessage: message } })
}

/** The answer to a request that cannot be read, with a `google.rpc.Status`. */
export function refusalAnswer({ status, message }: OtlpRefusal, isProtobuf: boolean): Answer {
  const code = status === 413 ? EXHAUSTED : INVALID
  // Whoever sends what is not read gets words that anybody can.
  if (!isProtobuf || status === 415) return json(status, { code, message })
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(code).tag(2, WireType.LengthDelimited)
  return protobuf(status, writer.string(message).finish())
}

/** https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/collector/trace/v1/trace_service.proto */
function partialSuccess(rejected: number, message: string): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork()
  writer.tag(1, WireType.Varint).int64(rejected).tag(2, WireType.LengthDelimited).string(message)
  return writer.join().finish()
}

function protobuf(status: number, body: Uint8Array): Answer {
  return { status, headers: { 'content-type': 'application/x-protobuf' }, body: Buffer.from(body) }
}
