/** A moment as people write it. */
export function sayTime(ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' }).format(ms)
}

/** A count with its thousands apart. */
export function sayCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count)
}
