import * as names from '../../src/attributes'
import type { AttributeValue } from '../../src/otlp/attributes'
import type { AnyValue } from '../../src/otlp/export-request'
import { boundName } from './span-names'

/** Addresses and what a person or a server said: the only attributes that are free text. */
const texts: readonly string[] = [names.URL_FULL, names.URL_TEMPLATE, names.ORDER_REASON]
const ids: readonly string[] = [names.ORDER_ID, names.USER_ID]
const numbers: readonly string[] = [
  names.HTTP_STATUS,
  names.SERVER_PORT,
  names.CLOCK_SHIFT,
  names.DROPPED_SPANS,
  names.DOCUMENT_RESOURCES,
  names.DOCUMENT_BYTES,
  names.DOCUMENT_INTERACTIVE_MS,
  names.RESOURCE_BYTES,
]

/** The ids are searched for, and must not name a person: no e-mail and no name with a blank. Digits alone may be an id, and may be a phone number. */
const opaqueId = /^[A-Za-z0-9._:~-]{1,128}$/
/** A step, a host, a version, a method: no sentence and no e-mail. */
const word = /^[\p{L}\p{N}_.:+~[\]-]{0,255}$/u

/** The value as OTLP writes it, if it is of the kind that the SDK gives this attribute. */
export function cleanValue(key: string, value: AttributeValue, characters: number): AnyValue | undefined {
  if (key === names.INTERRUPTED) return value === true ? { boolValue: true } : undefined
  if (numbers.includes(key)) return cleanNumber(value)
  if (typeof value !== 'string') return undefined
  if (ids.includes(key)) return opaqueId.test(value) ? { stringValue: value } : undefined
  if (key === names.ERROR_TYPE) return { stringValue: boundName(value) }
  if (texts.includes(key)) return { stringValue: value.slice(0, characters) }
  return word.test(value) ? { stringValue: value } : undefined
}

function cleanNumber(value: AttributeValue): AnyValue | undefined {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? { intValue: String(value) } : undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value }
}
