/** @jsxImportSource preact */
import type { BeforeFigures, Change, FigureName } from '../analyst/before'
import type { Report } from '../analyst/report'
import { sayMs, sayShare } from '../analyst/say'
import { useSpeech } from './context'
import { sayDifference } from './say-difference'
import { sayCount } from './say-time'

/** The few figures that one looks at first, each beside that of the time to compare with, and what is to be said of the difference. */
export function KeyFigures({ report, before }: { report: Report; before: BeforeFigures | undefined }) {
  const { texts, words } = useSpeech()
  const { distribution, funnel, slowCount, normalCount } = report
  const share = (part: number, whole: number) => (whole === 0 ? '–' : sayShare(part / whole, words))
  // Of nothing there is no percentile.
  const length = (ms: number) => (distribution.count === 0 ? '–' : sayMs(ms, words))
  const figures: [name: string, now: string, figure: FigureName | undefined][] = [
    [texts.orders, sayCount(funnel.started, words.locale), undefined],
    [texts.median, length(distribution.p50), 'median'],
    [texts.p95, length(distribution.p95), 'p95'],
    [texts.slowShare, share(slowCount, slowCount + normalCount), 'slow'],
    [texts.failedShare, share(funnel.failed, funnel.started), 'failed'],
    [texts.abandonedShare, share(funnel.abandoned, funnel.started), 'abandoned'],
    [texts.lostCount, sayCount(funnel.lost, words.locale), 'lost'],
  ]
  return (
    <dl class="key-figures">
      {figures.map(([name, now, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{now}</strong>
            {before && figure && <Then change={before.changes[figure]} unit={unitOf(figure)} />}
            {before && before.count > 0 && !figure && (
              <span class="soft">
                {texts.before(
                  sayCount(before.count, words.locale),
                  sayDifference({ now: funnel.started, other: before.count }, 'ms', words) || '–',
                )}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function unitOf(figure: FigureName): 'ms' | 'share' {
  return figure === 'median' || figure === 'p95' ? 'ms' : 'share'
}

function Then({ change, unit }: { change: Change; unit: 'ms' | 'share' }) {
  const { texts, words } = useSpeech()
  const { other, judgement } = change
  if (other === undefined) return null
  const value = unit === 'ms' ? sayMs(other, words) : sayShare(other, words)
  const difference = sayDifference(change, unit, words, texts)
  return (
    <>
      <span class="soft">{difference ? texts.before(value, difference) : value}</span>
      <span class={`judgement ${judgement}`}>{texts.judgements[judgement]}</span>
    </>
  )
}
