import type { Change } from '../analyst/before'
import type { Words } from '../analyst/words'
import type { Texts } from './texts-shape'

/** By how much a figure has changed, with its direction: lengths and counts by their share, shares by points; empty where there is nothing to compare. */
export function sayDifference(
  { now, other }: Pick<Change, 'now' | 'other'>,
  unit: 'ms' | 'share',
  { locale }: Pick<Words, 'locale'>,
  texts?: Pick<Texts, 'points'>,
): string {
  if (now === undefined || other === undefined || (unit === 'ms' && other === 0)) return ''
  const by = unit === 'ms' ? now / other - 1 : now - other
  const digits = Math.abs(by) < 0.1 ? 1 : 0
  const arrow = by > 0 ? '▲' : by < 0 ? '▼' : '='
  const number = new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: digits,
    ...(unit === 'ms' && { style: 'percent' }),
  })
  const said = unit === 'ms' ? number.format(by) : (texts?.points(number.format(by * 100)) ?? '')
  return `${arrow} ${said}`
}
