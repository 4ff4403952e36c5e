import type { SpanAttributes } from '../../src/otlp/attributes'
import type { KeyValue } from '../../src/otlp/export-request'
import { cleanValue } from './attribute-values'
import type { DoorLimits } from './limits'

/** The attributes that may pass, as OTLP writes them, and how many may not. */
export interface CleanAttributes {
  kept: KeyValue[]
  dropped: number
}

/** Keeps what has an allowed name and a value of its kind, free text cut to its length. */
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
