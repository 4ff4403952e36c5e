/** @jsxImportSource preact */
import { useMemo } from 'preact/hooks'
import type uPlot from 'uplot'
import type { BeforeFigures } from '../analyst/before'
import { sayMs, sayShare } from '../analyst/say'
import type { TrendPoint } from '../analyst/trend'
import { Chart, type Colours } from './chart'
import { useSpeech } from './context'
import { DataTable } from './data-table'
import { axis } from './distribution-chart'
import { sayTime } from './say-time'

/** How it went over the time, and, dashed, in the time before at the same place. */
export function TrendChart({
  trend,
  before,
  legend,
}: {
  trend: readonly TrendPoint[]
  before: BeforeFigures | undefined
  /** Which time the dashed lines are of. */
  legend: string
}) {
  const { texts, words } = useSpeech()
  const earlier = before?.trend
  const data = useMemo((): uPlot.AlignedData => {
    const line = (points: readonly TrendPoint[] | undefined, of: 'p50' | 'p95') =>
      trend.map((_, index) => points?.[index]?.[of] ?? null)
    return [
      // In the middle of its stretch, where a single one can be seen too.
      trend.map(({ at }) => (at + stretchOf(trend) / 2) / 1000),
      line(trend, 'p95'),
      line(trend, 'p50'),
      line(earlier, 'p95'),
      line(earlier, 'p50'),
    ]
  }, [trend, earlier])
  const options = useMemo(
    () => (colours: Colours) => {
      const series = (label: string, stroke: string, dash?: number[]) => ({
        label,
        stroke,
        width: dash ? 1.5 : 2.5,
        // A line over a gap would tell of orders that nobody placed.
        spanGaps: false,
        ...(dash
          ? { dash, points: { show: true, size: 3, fill: stroke } }
          : { points: { show: true, size: 5, fill: stroke } }),
      })
      return {
        cursor: { drag: { x: false, y: false } },
        legend: { show: false },
        scales: {
          x: {
            range: [trend[0]?.at ?? 0, (trend.at(-1)?.at ?? 0) + stretchOf(trend)].map((ms) => ms / 1000) as [
              number,
              number,
            ],
          },
          y: { range: { min: { pad: 0, hard: 0, mode: 1 as const }, max: { pad: 0.1 } } },
        },
        axes: [
          {
            ...axis(colours),
            space: 70,
            values: (_: uPlot, times: number[], _axis: number, _space: number, step: number) =>
              times.map((time) => labelOf(time, step)),
          },
          { ...axis(colours), size: 56, values: (_: uPlot, values: number[]) => values.map((ms) => sayMs(ms, words)) },
        ],
        series: [
          {},
          series('p95', colours.slow),
          series('p50', colours.normal),
          series(`p95 ${legend}`, colours.slow, [4, 5]),
          series(`p50 ${legend}`, colours.normal, [4, 5]),
        ],
      }
      function labelOf(seconds: number, step: number): string {
        const shape: Intl.DateTimeFormatOptions =
          step >= 86_400
            ? { day: 'numeric', month: 'short' }
            : { hour: '2-digit', minute: '2-digit', ...(step < 60 && { second: '2-digit' }) }
        return new Intl.DateTimeFormat(words.locale, shape).format(seconds * 1000)
      }
    },
    [legend, words, trend],
  )
  const told = (ms: number | undefined) => (ms === undefined ? '–' : sayMs(ms, words))
  return (
    <Chart title={texts.trend} about={texts.trendAbout} data={data} options={options}>
      <p class="legend">
        <span class="key slow">p95</span>
        <span class="key normal">p50</span>
        {earlier && <span class="key dashed">{legend}</span>}
      </p>
      <DataTable
        caption={texts.trend}
        head={[texts.time, texts.count, 'p50', 'p95', texts.failedShare, `p50 ${legend}`, `p95 ${legend}`]}
        rows={trend.flatMap((point, index) => {
          const old = earlier?.[index]
          if (point.count === 0 && !old?.count) return []
          const unhappy = point.unhappy === undefined ? '–' : sayShare(point.unhappy, words)
          return [
            [
              sayTime(point.at, words.locale),
              point.count,
              told(point.p50),
              told(point.p95),
              unhappy,
              told(old?.p50),
              told(old?.p95),
            ],
          ]
        })}
      />
    </Chart>
  )
}

/** How long a point lasts, ms. */
function stretchOf([first, second]: readonly TrendPoint[]): number {
  return first && second ? second.at - first.at : 0
}
