import { UsageError } from './usage-error'

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** A moment: so long ago (`90s`, `30m`, `24h`, `7d`, `2w`), or a date as ISO 8601 writes it, by the local clock unless it says otherwise; ms since 1970. */
export function readMoment(option: string, text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? []
  if (amount !== undefined) return now - Number(amount) * (UNITS[unit] ?? 0)
  // A date alone is one of UTC to JavaScript, and one of here to everybody else.
  const written = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(written) : Number.NaN
  if (!Number.isNaN(date)) return date
  throw new UsageError(`--${option} is a time such as 30m, 24h, 7d or 2026-03-02T09:00Z, and "${text}" is none.`)
}

/** A length of time, `800ms` or `2s`, as ms. */
export function readLength(option: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? []
  if (amount === undefined) throw new UsageError(`--${option} is a length such as 800ms or 2s, and "${text}" is none.`)
  return Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000)
}

/** A whole number from one on. */
export function readCount(option: string, text: string, { least = 1, most = 1_000_000 } = {}): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= least && count <= most) return count
  throw new UsageError(`--${option} is a whole number from ${least} to ${most}, and "${text}" is none.`)
}
