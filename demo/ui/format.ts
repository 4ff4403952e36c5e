import type { Language } from './language'

const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

/** Kopecks as roubles: `12 500 ₽`. */
export function formatPrice(kopecks: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: kopecks % 100 === 0 ? 0 : 2,
  }).format(kopecks / 100)
}

/** Bytes in the unit a person would say. */
export function formatSize(bytes: number, language: Language): string {
  const [unit, divisor] = bytes < 1024 ? ['byte', 1] : bytes < 1024 ** 2 ? ['kilobyte', 1024] : ['megabyte', 1024 ** 2]
  return new Intl.NumberFormat(locales[language], {
    style: 'unit',
    unit: String(unit),
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(bytes / Number(divisor))
}

/** Date and time of an ISO string, in the time zone of whoever looks. */
export function formatTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** The time of day of a moment in ms since 1970, for what was today. */
export function formatTimeOfDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { timeStyle: 'medium' }).format(at)
}

/** Day and month of an ISO string, where there is no room for more. */
export function formatDay(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'short' }).format(new Date(iso))
}

/** How long ago an ISO string was: `3 часа назад`. */
export function formatAgo(iso: string, language: Language, now = Date.now()): string {
  const minutes = Math.round((now - Date.parse(iso)) / 60_000)
  const [value, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 2880 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day']
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' })
  return format.format(-Math.round(Number(value)), unit as Intl.RelativeTimeFormatUnit)
}
