/** @jsxImportSource preact */
import type { Report } from '../analyst/report'
import { sayHop, sayMs } from '../analyst/say'
import { useSpeech } from './context'
import { sayCount } from './say-time'

/** So little is not worth a line, ms. */
const LEAST_MS = 0.5

/** Where the time goes: what each place takes on average, of slow orders beside normal ones. */
export function Hops({ report: { hops, slowCount, normalCount } }: { report: Report }) {
  const { texts, words } = useSpeech()
  const shown = hops.filter(({ slow, normal }) => Math.max(slow, normal) >= LEAST_MS)
  const most = Math.max(1, ...shown.flatMap(({ slow, normal }) => [slow, normal]))
  const bar = (name: 'normal' | 'slow', ms: number) => (
    <td class="bar-cell" data-label={name === 'slow' ? texts.slowLegend : texts.normalLegend}>
      <span class={`bar ${name}`} style={{ width: `${(70 * ms) / most}%` }} />
      <span class="value">{sayMs(ms, words)}</span>
    </td>
  )
  return (
    <section class="card">
      <h2>{words.titles.whereTimeGoes}</h2>
      <p class="soft">{texts.hopsAbout(sayCount(slowCount, words.locale), sayCount(normalCount, words.locale))}</p>
      <table class="hops" aria-label={words.titles.whereTimeGoes}>
        <thead>
          <tr>
            <th scope="col">{texts.place}</th>
            <th scope="col">{texts.normalLegend}</th>
            <th scope="col">{texts.slowLegend}</th>
            <th scope="col">{words.titles.difference}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ hop, slow, normal }) => (
            <tr key={hop}>
              <th scope="row">{sayHop(hop, words)}</th>
              {bar('normal', normal)}
              {slowCount > 0 ? bar('slow', slow) : <td>–</td>}
              <td class={slow - normal > normal ? 'number strong' : 'number'} data-label={words.titles.difference}>
                {slowCount > 0 ? `${slow > normal ? '+' : ''}${sayMs(slow - normal, words)}` : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
