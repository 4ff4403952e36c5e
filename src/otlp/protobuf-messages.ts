import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** How the value of a field is read, and how it stands on the wire. */
export interface Scalar {
  wireType: WireType
  read(reader: BinaryReader): unknown
}

export interface Field {
  name: string
  /** A function, since messages refer to each other in circles. */
  type: Scalar | (() => Message)
  repeated?: true
}

/** The fields of a message by their numbers; what is not listed is skipped. */
export type Message = Readonly<Record<number, Field>>

// The enum itself would be an import at run time from a package that is bundled; its numbers are those of the wire format.
const VARINT = 0 as WireType.Varint
const BIT64 = 1 as WireType.Bit64
const BYTES = 2 as WireType.LengthDelimited
const BIT32 = 5 as WireType.Bit32

const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
const hex = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

const string: Scalar = { wireType: BYTES, read: (reader) => reader.string() }
const id: Scalar = { wireType: BYTES, read: (reader) => hex(reader.bytes()) }
const bytes: Scalar = { wireType: BYTES, read: (reader) => base64(reader.bytes()) }
const bool: Scalar = { wireType: VARINT, read: (reader) => reader.bool() }
const enumeration: Scalar = { wireType: VARINT, read: (reader) => reader.int32() }
const int64: Scalar = { wireType: VARINT, read: (reader) => String(reader.int64()) }
const double: Scalar = { wireType: BIT64, read: (reader) => reader.double() }
const fixed64: Scalar = { wireType: BIT64, read: (reader) => String(reader.fixed64()) }
const fixed32: Scalar = { wireType: BIT32, read: (reader) => reader.fixed32() }

const one = (name: string, type: Field['type']): Field => ({ name, type })
const many = (name: string, type: Field['type']): Field => ({ name, type, repeated: true })

// The numbers are those of https://github.com/open-telemetry/opentelemetry-proto, v1.
const keyValue: Message = { 1: one('key', string), 2: one('value', () => anyValue) }
const attributes = many('attributes', () => keyValue)
const anyValue: Message = {
  1: one('stringValue', string),
  2: one('boolValue', bool),
  3: one('intValue', int64),
  4: one('doubleValue', double),
  5: one('arrayValue', () => ({ 1: many('values', () => anyValue) })),
  6: one('kvlistValue', () => ({ 1: many('values', () => keyValue) })),
  7: one('bytesValue', bytes),
}
const event: Message = { 1: one('timeUnixNano', fixed64), 2: one('name', string), 3: attributes }
const link: Message = { 1: one('traceId', id), 2: one('spanId', id), 3: one('traceState', string), 4: attributes }
const status: Message = { 2: one('message', string), 3: one('code', enumeration) }
const span: Message = {
  1: one('traceId', id),
  2: one('spanId', id),
  3: one('traceState', string),
  4: one('parentSpanId', id),
  5: one('name', string),
  6: one('kind', enumeration),
  7: one('startTimeUnixNano', fixed64),
  8: one('endTimeUnixNano', fixed64),
  9: attributes,
  11: many('events', () => event),
  13: many('links', () => link),
  15: one('status', () => status),
  16: one('flags', fixed32),
}
const scope: Message = { 1: one('name', string), 2: one('version', string), 3: attributes }
const scopeSpans: Message = { 1: one('scope', () => scope), 2: many('spans', () => span) }
const resource: Message = { 1: attributes }
const resourceSpans: Message = { 1: one('resource', () => resource), 2: many('scopeSpans', () => scopeSpans) }

export const exportTraceServiceRequest: Message = { 1: many('resourceSpans', () => resourceSpans) }
