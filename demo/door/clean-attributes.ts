import { ERROR_TYPE, ORDER_ID, USER_ID } from '../../src/attributes'
import type { AttributeValue, SpanAttributes } from '../../src/otlp/attributes'
import type { AnyValue, KeyValue } from '../../src/otlp/export-request'
import type { DoorLimits } from './limits'
import { boundErrorType } from './span-names'

/** The attributes that may pass, as OTLP writes them, and how many may not. */
export interface CleanAttributes {
  kept: KeyValue[]
  dropped: number
}

/** The ids are searched for, and must not name a person: no e-mail and no name with a blank. Digits alone may be an id, and may be a phone number. */
const opaqueId = /^[A-Za-z0-9._:~-]{1,128}$/

/** Keeps what has an allowed name and one plain value, its text cut to its length. */
export function cleanAttributes(
  given: SpanAttributes,
  allowed: ReadonlySet<string>,
  limits: Pick<DoorLimits, 'attributes' | 'characters'>,
): CleanAttributes {
  const entries = Object.entries(given)
  const kept = entries.flatMap(([key, raw]) => {
    const value = allowed.has(key) ? cleanValue(key, raw, limits.characters) : undefined
    return value ? [{ key, value }] : []
  })
  const all = kept.slice(0, limits.attributes)
  return { kept: all, dropped: entries.length - all.length }
}

function cleanValue(key: string, value: AttributeValue, characters: number): AnyValue | undefined {
  if (key === ORDER_ID || key === USER_ID) {
    return typeof value === 'string' && opaqueId.test(value) ? { stringValue: value } : undefined
  }
  if (key === ERROR_TYPE) return typeof value === 'string' ? { stringValue: boundErrorType(value) } : undefined
  if (typeof value === 'string') return { stringValue: value.slice(0, characters) }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? { intValue: String(value) } : undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value }
}
