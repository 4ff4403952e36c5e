import { DEFAULT_LIMITS } from './limits'
import { OtlpRefusal } from './refusal'

/** An integer beyond 2^53 is a bigint; bytes are base64. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | AttributeValue[]
  | { [key: string]: AttributeValue }
export type SpanAttributes = Readonly<Record<string, AttributeValue>>

/** Reads a list of OTLP key-values, of which nothing is taken for granted. The last of a name holds. */
export function readAttributes(list: unknown, maxDepth: number = DEFAULT_LIMITS.maxDepth): SpanAttributes {
  return readKeyValues(list, maxDepth, maxDepth)
}

function readKeyValues(list: unknown, left: number, maxDepth: number): Record<string, AttributeValue> {
  if (left < 0) throw new OtlpRefusal(413, `an attribute is nested deeper than ${maxDepth} levels`)
  // No prototype: an attribute may have any name.
  const result: Record<string, AttributeValue> = Object.create(null)
  for (const item of objects(list)) {
    if (typeof item.key === 'string') result[item.key] = readValue(item.value, left, maxDepth)
  }
  return { ...result }
}

function readValue(raw: unknown, left: number, maxDepth: number): AttributeValue {
  if (!isObject(raw)) return undefined
  if (typeof raw.stringValue === 'string') return raw.stringValue
  if (typeof raw.boolValue === 'boolean') return raw.boolValue
  if (raw.intValue !== undefined) return readInteger(raw.intValue)
  if (raw.doubleValue !== undefined) return Number(raw.doubleValue)
  if (typeof raw.bytesValue === 'string') return raw.bytesValue
  if (isObject(raw.kvlistValue)) return readKeyValues(raw.kvlistValue.values, left - 1, maxDepth)
  if (isObject(raw.arrayValue)) {
    if (left <= 0) throw new OtlpRefusal(413, `an attribute is nested deeper than ${maxDepth} levels`)
    return list(raw.arrayValue.values).map((value) => readValue(value, left - 1, maxDepth))
  }
  return undefined
}

function readInteger(raw: unknown): AttributeValue {
  if (typeof raw === 'number') return raw
  if (typeof raw !== 'string' || !/^-?\d{1,20}$/.test(raw)) return undefined
  const number = Number(raw)
  return Number.isSafeInteger(number) ? number : BigInt(raw)
}

export const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
export const list = (raw: unknown): unknown[] => (Array.isArray(raw) ? raw : [])
export const objects = (raw: unknown): Record<string, unknown>[] => list(raw).filter(isObject)
