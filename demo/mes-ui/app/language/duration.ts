import type { Language } from '../../../ui/language'

export const hour = 3_600_000
export const day = 24 * hour

/** Two for each language: a board of five hundred orders writes a thousand durations. */
const formats = new Map<string, Intl.NumberFormat>()

/** A duration in whole hours, from two days on in days: `5 дней`; nothing for less than an hour. */
export function formatDuration(ms: number, language: Language): string | undefined {
  if (ms < hour) return undefined
  const [unit, length] = ms < 2 * day ? ['hour', hour] : ['day', day]
  return formatIn(String(unit), language).format(Math.floor(ms / Number(length)))
}

function formatIn(unit: string, language: Language): Intl.NumberFormat {
  const key = `${language} ${unit}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' })
  formats.set(key, format)
  return format
}
