import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** What a span in protobuf says here; ids in hex. */
export interface ProtobufSpan {
  traceId: string
  spanId: string
  name: string
  kind: number
  /** Nanoseconds since 1970. */
  start: bigint
  end: bigint
}

/**
 * An `ExportTraceServiceRequest` of one resource and one scope, written field by field.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export function toProtobuf(...spans: ProtobufSpan[]): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  const open = (field: number) => writer.tag(field, WireType.LengthDelimited).fork()
  // resourceSpans, scopeSpans
  open(1)
  open(2)
  for (const span of spans) {
    open(2)
    writer.tag(1, WireType.LengthDelimited).bytes(Buffer.from(span.traceId, 'hex'))
    writer.tag(2, WireType.LengthDelimited).bytes(Buffer.from(span.spanId, 'hex'))
    writer.tag(5, WireType.LengthDelimited).string(span.name)
    writer.tag(6, WireType.Varint).int32(span.kind)
    writer.tag(7, WireType.Bit64).fixed64(span.start)
    writer.tag(8, WireType.Bit64).fixed64(span.end)
    writer.join()
  }
  return writer.join().join().finish() as Uint8Array<ArrayBuffer>
}
