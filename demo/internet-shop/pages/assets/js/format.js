import { currentLanguage } from './language.js'

/** Kopecks as roubles: `12 500 ₽`. */
export function formatPrice(kopecks) {
  const options = {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: kopecks % 100 === 0 ? 0 : 2,
  }
  return new Intl.NumberFormat(locale(), options).format(kopecks / 100)
}

/** A file's size in the unit a person would say. */
export function formatSize(bytes) {
  const [unit, divisor] = bytes < 1024 ? ['byte', 1] : bytes < 1024 ** 2 ? ['kilobyte', 1024] : ['megabyte', 1024 ** 2]
  const options = {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: divisor > 1024 ? 1 : 0,
  }
  return new Intl.NumberFormat(locale(), options).format(bytes / divisor)
}

/** Date and time of an ISO string, in the customer's own time zone. */
export function formatTime(iso) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** Day and month of an ISO string, where there is no room for more. */
export function formatDay(iso) {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long' }).format(new Date(iso))
}

/** A product's name or description in the page's language. */
export function inLanguage(texts) {
  return texts?.[currentLanguage()] ?? texts?.ru ?? ''
}

function locale() {
  return currentLanguage() === 'ru' ? 'ru-RU' : 'en-GB'
}
