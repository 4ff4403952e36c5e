import type { BeforeFigures, Change, FigureName } from '../analyst/before'
import { sayCompleteness, sayMs, sayShare } from '../analyst/say'
import type { Words } from '../analyst/words'
import { sayLocal } from './local-time'
import { layOut } from './table'

/** Figures of now beside those of the time before, and whether chance explains how far they are apart. */
export function printComparison({ changes, from, to, count, completeness }: BeforeFigures, words: Words): string[] {
  const rows = (Object.entries(changes) as [FigureName, Change][]).map(([name, { now, other, judgement, band }]) => [
    words.figures[name],
    sayFigure(name, now, words),
    sayFigure(name, other, words),
    now === undefined || other === undefined ? '–' : sayDifference(name, now - other, words),
    band ? `${sayDifference(name, band.least, words)} … ${sayDifference(name, band.most, words)}` : '',
    words.judgements[judgement],
  ])
  return [
    `  ${sayLocal(from)} – ${sayLocal(to)}: ${sayCompleteness(completeness, { count, from, sayTime: sayLocal }, words)}`,
    ...layOut(
      [['', words.titles.now, words.titles.before, words.titles.difference], ...rows],
      ['left', 'right', 'right', 'right'],
    ),
  ]
}

function sayFigure(name: FigureName, value: number | undefined, words: Words): string {
  if (value === undefined) return '–'
  return name === 'median' || name === 'p95' ? sayMs(value, words) : sayShare(value, words)
}

function sayDifference(name: FigureName, by: number, words: Words): string {
  return (by > 0 ? '+' : '') + sayFigure(name, by, words)
}
