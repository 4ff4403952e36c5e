/** @jsxImportSource preact */
import type { CommonTrait } from '../analyst/common'
import { sayShare, sayTrait } from '../analyst/say'
import { useSpeech } from './context'

/** What slow orders have in common more often than normal ones. */
export function CommonTraits({ common }: { common: readonly CommonTrait[] }) {
  const { texts, words } = useSpeech()
  return (
    <section class="card">
      <h2>{words.titles.inCommon}</h2>
      {common.length === 0 && <p class="soft">{texts.nothingInCommon}</p>}
      {common.length > 0 && (
        <table class="traits" aria-label={words.titles.inCommon}>
          <thead>
            <tr>
              <th scope="col">{texts.trait}</th>
              <th scope="col">{words.titles.slow}</th>
              <th scope="col">{words.titles.normal}</th>
              <th scope="col">{texts.times}</th>
            </tr>
          </thead>
          <tbody>
            {common.map(({ slowShare, normalShare, slowCount, normalCount, lift, ...trait }) => {
              const [name, value] = sayTrait(trait, words)
              return (
                <tr key={`${name} ${value}`}>
                  <th scope="row">
                    {name}: <b>{value}</b>
                  </th>
                  <td class="number">
                    {sayShare(slowShare, words)} <span class="soft">({slowCount})</span>
                  </td>
                  <td class="number">
                    {sayShare(normalShare, words)} <span class="soft">({normalCount})</span>
                  </td>
                  <td class="number">
                    {lift === undefined ? '–' : lift.toLocaleString(words.locale, { maximumFractionDigits: 1 })}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}
