/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import { sayHop, sayMs } from '../analyst/say'
import type { Waterfall, WaterfallRow } from '../analyst/waterfall'
import { useSpeech } from './context'
import { Problem } from './problem'
import type { FoundTrace } from './said'

/** More lines than this nobody reads, and a browser would feel them. */
const MOST_ROWS = 400
const DEEPEST = 12

export interface TraceProps {
  /** `undefined` until an answer comes. */
  found: FoundTrace | undefined
  jaegerLink: string
  onAgain(): void
  /** What is not among the traces of a file may be in Jaeger all the same. */
  isInFile?: boolean
}

/** One trace, a line a span: when it was, and what of it the end had to wait for. */
export function TraceView({ found, jaegerLink, onAgain, isInFile = false }: TraceProps) {
  const { texts, words } = useSpeech()
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
    // Whoever opened it goes on from here; a page that was just loaded begins at its start.
    if (document.activeElement !== document.body) place.current?.focus({ preventScroll: true })
  }, [found])
  if (found === undefined) return <p role="status">{texts.loading}</p>
  if (found === null)
    return (
      <p role="status">
        {isInFile ? texts.traceNotInFile : texts.traceGone} {isInFile && <JaegerLink href={jaegerLink} />}
      </p>
    )
  if ('problem' in found) return <Problem failure={found} onAgain={onAgain} />
  const waterfall = found
  const { rows } = waterfall
  return (
    <section class="trace" ref={place} tabIndex={-1} aria-label={`${texts.waterfall} ${waterfall.traceId.slice(0, 8)}`}>
      <p class="soft">
        {texts.waterfallAbout} <JaegerLink href={jaegerLink} of={`${waterfall.traceId.slice(0, 8)}…`} />
      </p>
      <table class="waterfall">
        <caption class="unseen">
          {texts.waterfall} {waterfall.traceId}
        </caption>
        <colgroup>
          <col class="what" />
          <col />
          <col class="long" />
        </colgroup>
        <thead class="unseen">
          <tr>
            <th scope="col">{texts.place}</th>
            <th scope="col">{texts.time}</th>
            <th scope="col">{texts.duration}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row) => (
            <Row key={row.spanId} row={row} whole={waterfall} />
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p class="soft">… {rows.length - MOST_ROWS}</p>}
    </section>
  )

  function Row({ row, whole }: { row: WaterfallRow; whole: Waterfall }) {
    const waited = row.critical.reduce((sum, [start, end]) => sum + end - start, 0)
    const length = whole.end - whole.start || 1
    const place = (start: number, end: number) => ({
      left: `${(100 * (start - whole.start)) / length}%`,
      width: `max(2px, ${(100 * (end - start)) / length}%)`,
    })
    return (
      <tr class={row.failed ? 'failed' : ''}>
        <th scope="row" style={{ paddingInlineStart: `${0.5 + 0.8 * Math.min(row.depth, DEEPEST)}rem` }}>
          <b>{row.service}</b> {row.name} <span class="unseen">({sayHop(row.hop, words)})</span>
          {row.message && <span class="error"> {row.message}</span>}
        </th>
        <td class="when">
          <span class="unseen">+{sayMs(row.start - whole.start, words)}</span>
          <span class="whole" style={place(row.start, row.end)} />
          {row.critical.map(([start, end]) => (
            <span key={start} class="critical" style={place(start, end)} />
          ))}
        </td>
        <td class="number">
          {sayMs(row.end - row.start, words)}
          <span class="unseen">, {waited > 0 ? texts.waitedFor(sayMs(waited, words)) : texts.notWaitedFor}</span>
        </td>
      </tr>
    )
  }
}

/** Where the same trace is in Jaeger; nothing where that is not known. */
function JaegerLink({ href, of = '' }: { href: string; of?: string }) {
  const { texts } = useSpeech()
  if (!href) return null
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {[texts.trace, of, texts.inJaeger].filter(Boolean).join(' ')}
    </a>
  )
}
