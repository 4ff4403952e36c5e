/** @jsxImportSource preact */
import type { Cause } from '../analyst/causes'
import { sayCause, sayMs } from '../analyst/say'
import { useSpeech } from './context'

/** What made orders slow, late or fail, the most frequent first, each with the worst of it to look at. */
export function Causes({ causes, onTrace }: { causes: readonly Cause[]; onTrace(traceId: string): void }) {
  const { texts, words } = useSpeech()
  const most = Math.max(1, ...causes.map(({ count }) => count))
  return (
    <section class="card">
      <h2>{words.titles.whatWentWrong}</h2>
      {causes.length === 0 && <p class="soft">{texts.nothingWrong}</p>}
      <ul class="causes">
        {causes.map((cause) => (
          <li key={`${cause.kind} ${cause.place}`} class={cause.kind}>
            <span class="count">{cause.count}</span>
            <span class="what">
              {sayCause(cause, words)}
              <span class="share" style={{ width: `${(100 * cause.count) / most}%` }} />
            </span>
            <span class="extra">{cause.extraMs > 0 && `+${sayMs(cause.extraMs, words)}`}</span>
            {cause.traceIds[0] && (
              <button type="button" class="quiet" onClick={() => onTrace(cause.traceIds[0] ?? '')}>
                {texts.example}
                <span class="unseen">: {sayCause(cause, words)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
