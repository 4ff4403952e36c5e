import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/**
 * An export request in the shape of OTLP/JSON as protobuf, which is what collectors and Kafka hold.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export function encodeRequest({ resourceSpans = [] }) {
  const writer = new BinaryWriter()
  for (const { resource, scopeSpans = [] } of resourceSpans) {
    message(writer, 1, () => {
      message(writer, 1, () => attributes(writer, 1, resource?.attributes))
      for (const { scope, spans = [] } of scopeSpans) {
        message(writer, 2, () => {
          message(writer, 1, () => {
            text(writer, 1, scope?.name)
            text(writer, 2, scope?.version)
          })
          for (const span of spans) message(writer, 2, () => encodeSpan(writer, span))
        })
      }
    })
  }
  return writer.finish()
}

function encodeSpan(writer, span) {
  id(writer, 1, span.traceId)
  id(writer, 2, span.spanId)
  id(writer, 4, span.parentSpanId)
  text(writer, 5, span.name)
  number(writer, 6, span.kind)
  time(writer, 7, span.startTimeUnixNano)
  time(writer, 8, span.endTimeUnixNano)
  attributes(writer, 9, span.attributes)
  for (const event of span.events ?? []) {
    message(writer, 11, () => {
      time(writer, 1, event.timeUnixNano)
      text(writer, 2, event.name)
      attributes(writer, 3, event.attributes)
    })
  }
  for (const link of span.links ?? []) {
    message(writer, 13, () => {
      id(writer, 1, link.traceId)
      id(writer, 2, link.spanId)
      attributes(writer, 4, link.attributes)
    })
  }
  message(writer, 15, () => {
    text(writer, 2, span.status?.message)
    number(writer, 3, span.status?.code)
  })
  if (span.flags) writer.tag(16, WireType.Bit32).fixed32(span.flags)
}

function attributes(writer, field, list = []) {
  for (const { key, value } of list) {
    message(writer, field, () => {
      text(writer, 1, key)
      message(writer, 2, () => encodeValue(writer, value ?? {}))
    })
  }
}

function encodeValue(writer, value) {
  if (value.stringValue !== undefined) text(writer, 1, value.stringValue)
  else if (value.boolValue !== undefined) writer.tag(2, WireType.Varint).bool(value.boolValue)
  else if (value.intValue !== undefined) writer.tag(3, WireType.Varint).int64(value.intValue)
  else if (value.doubleValue !== undefined) writer.tag(4, WireType.Bit64).double(value.doubleValue)
  else if (value.arrayValue)
    message(writer, 5, () => {
      for (const entry of value.arrayValue.values ?? []) message(writer, 1, () => encodeValue(writer, entry))
    })
}

function message(writer, field, write) {
  writer.tag(field, WireType.LengthDelimited).fork()
  write()
  writer.join()
}

function text(writer, field, value) {
  if (value) writer.tag(field, WireType.LengthDelimited).string(value)
}

function id(writer, field, value) {
  if (value) writer.tag(field, WireType.LengthDelimited).bytes(Buffer.from(value, 'hex'))
}

function number(writer, field, value) {
  if (value) writer.tag(field, WireType.Varint).int32(value)
}

function time(writer, field, value) {
  if (value) writer.tag(field, WireType.Bit64).fixed64(BigInt(value))
}
