/** @jsxImportSource preact */
import { useMemo } from 'preact/hooks'
import uPlot from 'uplot'
import type { Distribution } from '../analyst/distribution'
import { sayMs } from '../analyst/say'
import { Chart, type Colours } from './chart'
import { useSpeech } from './context'
import { DataTable } from './data-table'
import { sayCount } from './say-time'

/** How many took how long; the slow ones in their own colour. */
export function DistributionChart({ distribution }: { distribution: Distribution }) {
  const { texts, words } = useSpeech()
  const { bars, p50, p95, p99 } = distribution
  const data = useMemo((): uPlot.AlignedData => {
    // The slow ones stand behind the normal ones and look out above them.
    return [
      bars.map((_, index) => index),
      bars.map(({ count }) => count),
      bars.map(({ count, slowCount }) => count - slowCount),
    ]
  }, [bars])
  const options = useMemo(
    () => (colours: Colours) => {
      const paths = uPlot.paths.bars?.({ size: [0.86, 60] })
      const series = (label: string, colour: string) => ({
        label,
        fill: colour,
        stroke: colour,
        points: { show: false },
        ...(paths && { paths }),
      })
      return {
        cursor: { drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: [-0.6, bars.length - 0.4] as [number, number] },
          y: { range: { min: { pad: 0, hard: 0, mode: 1 as const }, max: { pad: 0.1 } } },
        },
        legend: { show: false },
        axes: [
          {
            ...axis(colours),
            // Labels of 60 pixels at least, or they run into each other.
            space: 60,
            incrs: [1, 2, 3, 4, 6, 12],
            values: (_: uPlot, places: number[]) => places.map((place) => labelOf(bars[place]?.from)),
          },
          {
            ...axis(colours),
            size: 44,
            values: (_: uPlot, counts: number[]) =>
              counts.map((count) => (Number.isInteger(count) ? sayCount(count, words.locale) : '')),
          },
        ],
        series: [{}, series(texts.slowLegend, colours.slow), series(texts.normalLegend, colours.normal)],
      }
      function labelOf(ms: number | undefined): string {
        return ms === undefined ? '' : sayMs(Number(ms.toPrecision(2)), words)
      }
    },
    [bars, texts, words],
  )
  const about = texts.distributionAbout(sayMs(p50, words), sayMs(p95, words), sayMs(p99, words))
  return (
    <Chart title={texts.distribution} about={about} data={data} options={options}>
      <Legend />
      <DataTable
        caption={texts.distribution}
        head={[texts.duration, texts.count, texts.slowShare]}
        rows={bars
          .filter(({ count }) => count > 0)
          .map(({ from, to, count, slowCount }) => [`${sayMs(from, words)} – ${sayMs(to, words)}`, count, slowCount])}
      />
    </Chart>
  )
}

function Legend() {
  const { texts } = useSpeech()
  return (
    <p class="legend">
      <span class="key normal">{texts.normalLegend}</span>
      <span class="key slow">{texts.slowLegend}</span>
    </p>
  )
}

/** How axes look in every chart. */
export function axis({ soft, line }: Colours) {
  return { stroke: soft, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: '12px system-ui' }
}
