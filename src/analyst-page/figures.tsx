/** @jsxImportSource preact */
import { sayCompleteness } from '../analyst/say'
import type { View } from './address'
import { Affected } from './affected'
import { Causes } from './causes'
import { CommonTraits } from './common-traits'
import { useSpeech } from './context'
import { DistributionChart } from './distribution-chart'
import { Funnel } from './funnel'
import { Hops } from './hops'
import { KeyFigures } from './key-figures'
import { sayTime } from './say-time'
import { SlowThreshold } from './slow-threshold'
import { Slowest, type SlowestProps } from './slowest'
import { TraceView } from './trace-view'
import { TrendChart } from './trend-chart'
import type { Analysis } from './use-analysis'

export interface FiguresProps extends Pick<SlowestProps, 'onOrder'> {
  jaegerLink(traceId: string): string
  analysis: Analysis
  answer: NonNullable<Analysis['report']>
  view: View
  onChange(change: Partial<View>): void
  /** Absent where nothing more can be asked. */
  onUser: ((userId: string) => void) | undefined
  onCsv(): void
}

/** What there is to say of the orders that were read. */
export function Figures(props: FiguresProps) {
  const { analysis, answer, view, onChange } = props
  const { texts } = useSpeech()
  const { report, before, affected } = answer
  const showTrace = (traceId: string) => onChange({ traceId })
  const isListed = report.slowest.some(({ traceId }) => traceId === view.traceId)
  const trace = {
    found: analysis.traces.get(view.traceId),
    jaegerLink: props.jaegerLink(view.traceId),
    onAgain: () => analysis.ask({ kind: 'trace', traceId: view.traceId }),
    isInFile: analysis.about !== undefined,
  }
  return (
    <>
      <Told {...props} />
      <KeyFigures report={report} before={before} />
      <div class="pair">
        <DistributionChart distribution={report.distribution} />
        <TrendChart
          trend={report.trend}
          before={before}
          legend={texts.againsts[analysis.about?.against ?? view.against]}
        />
      </div>
      <Causes causes={report.causes} onTrace={showTrace} />
      {view.traceId && !isListed && (
        <section class="card" aria-label={texts.waterfall}>
          <button type="button" class="quiet" onClick={() => showTrace('')}>
            {texts.close}
          </button>
          <TraceView {...trace} />
        </section>
      )}
      <Hops report={report} />
      <div class="pair">
        <Funnel funnel={report.funnel} />
        <CommonTraits common={report.common} />
      </div>
      <Affected affected={affected} onUser={props.onUser} />
      <Slowest
        slowest={report.slowest}
        traceId={view.traceId}
        trace={<TraceView {...trace} />}
        view={view}
        onChange={onChange}
        onTrace={showTrace}
        onOrder={props.onOrder}
      />
    </>
  )
}

/** How complete the figures are, and what they are compared with. */
function Told({ answer, view, onChange, onCsv }: FiguresProps) {
  const { texts, words } = useSpeech()
  const { report, before, completeness, count, which } = answer
  return (
    <div class="row told">
      <div>
        <p>{sayCompleteness(completeness, { count, from: which.from }, words)}</p>
        {before && (
          <p class="soft">
            {texts.comparedWith(sayTime(before.from, words.locale), sayTime(before.to, words.locale))}{' '}
            {sayCompleteness(before.completeness, { count: before.count, from: before.from }, words)}
          </p>
        )}
      </div>
      <SlowThreshold view={view} found={report.slowerThan} onChange={onChange} />
      <button type="button" onClick={onCsv}>
        {texts.download}
      </button>
    </div>
  )
}
