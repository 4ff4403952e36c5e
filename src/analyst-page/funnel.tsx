/** @jsxImportSource preact */
import type { Funnel as FunnelFigures } from '../analyst/funnel'
import { sayShare } from '../analyst/say'
import { useSpeech } from './context'
import { sayCount } from './say-time'

const stages = ['started', 'submitted', 'confirmed', 'arrived'] as const

/** How far orders came, and why the others did not come further. */
export function Funnel({ funnel }: { funnel: FunnelFigures }) {
  const { texts, words } = useSpeech()
  const share = (count: number) => sayShare(count / Math.max(1, funnel.started), words)
  const shown = stages.filter((stage) => stage !== 'arrived' || funnel.withMessages > 0)
  return (
    <section class="card">
      <h2>{words.titles.howItEnded}</h2>
      <ol class="funnel">
        {shown.map((stage) => (
          <li key={stage}>
            <span class="name">{words.stages[stage]}</span>
            <span class="way">
              <span class="bar normal" style={{ width: `${(100 * funnel[stage]) / Math.max(1, funnel.started)}%` }} />
            </span>
            <span class="value">
              {sayCount(funnel[stage], words.locale)} <span class="soft">{share(funnel[stage])}</span>
            </span>
          </li>
        ))}
      </ol>
      {funnel.reasons.length > 0 && (
        <table class="reasons" aria-label={texts.reason}>
          <thead>
            <tr>
              <th scope="col">{texts.outcome}</th>
              <th scope="col">{texts.reason}</th>
              <th scope="col">{texts.count}</th>
            </tr>
          </thead>
          <tbody>
            {funnel.reasons.map(({ outcome, reason, count }) => (
              <tr key={`${outcome} ${reason}`}>
                <td>{words.outcomes[outcome]}</td>
                <td class="wrap">{reason || '–'}</td>
                <td class="number">
                  {sayCount(count, words.locale)} <span class="soft">{share(count)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
