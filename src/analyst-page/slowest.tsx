/** @jsxImportSource preact */
import { type ComponentChildren, Fragment } from 'preact'
import type { Checkout } from '../analyst/checkout'
import { longestHop } from '../analyst/hop'
import { listedOutcomes } from '../analyst/report'
import { sayHop, sayMs } from '../analyst/say'
import { tops, type View } from './address'
import { useSpeech } from './context'
import { sayTime } from './say-time'

export interface SlowestProps {
  slowest: readonly Checkout[]
  traceId: string
  /** The one that is open, drawn. */
  trace: ComponentChildren
  /** Which are listed. */
  view: Pick<View, 'outcome' | 'top'>
  onChange(change: Partial<View>): void
  onTrace(traceId: string): void
  /** Absent where an order's life cannot be asked for. */
  onOrder: ((orderId: string) => void) | undefined
}

/** The slowest orders; each opens to its trace. */
export function Slowest(props: SlowestProps) {
  const { slowest, traceId, view, onChange } = props
  const { texts, words } = useSpeech()
  return (
    <section class="card" id="slowest">
      <header class="row">
        <h2>{words.titles.slowest}</h2>
        <label class="outcome">
          {texts.outcome}{' '}
          <select
            value={view.outcome}
            onChange={({ currentTarget }) => onChange({ outcome: currentTarget.value as View['outcome'] })}
          >
            {listedOutcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {outcome === 'all' ? texts.anyOutcome : words.outcomes[outcome]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {texts.top}{' '}
          <select
            value={String(view.top)}
            onChange={({ currentTarget }) => onChange({ top: Number(currentTarget.value) })}
          >
            {[...new Set([...tops, view.top])]
              .sort((a, b) => a - b)
              .map((count) => (
                <option key={count} value={String(count)}>
                  {count}
                </option>
              ))}
          </select>
        </label>
      </header>
      <table class="orders" aria-label={words.titles.slowest}>
        <thead>
          <tr>
            <th scope="col">{texts.duration}</th>
            <th scope="col">{texts.outcome}</th>
            <th scope="col">{texts.order}</th>
            <th scope="col">{texts.user}</th>
            <th scope="col">{texts.time}</th>
            <th scope="col">{texts.mostOf}</th>
            <th scope="col">
              <span class="unseen">{texts.trace}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {slowest.length === 0 && (
            <tr>
              <td colSpan={7}>{texts.noSuchOrder}</td>
            </tr>
          )}
          {slowest.map((checkout) => (
            <Fragment key={checkout.traceId}>
              <OrderRow {...props} checkout={checkout} />
              {checkout.traceId === traceId && (
                <tr class="opened">
                  <td colSpan={7}>{props.trace}</td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function OrderRow({ checkout, traceId, onTrace, onOrder }: SlowestProps & { checkout: Checkout }) {
  const { texts, words } = useSpeech()
  const { orderId, hops, ms, outcome, userId, at } = checkout
  const longest = longestHop(hops)
  const isOpen = checkout.traceId === traceId
  return (
    <tr class={`order ${outcome}`}>
      <td class="number strong" data-label={texts.duration}>
        {sayMs(ms, words)}
      </td>
      <td data-label={texts.outcome}>{words.outcomes[outcome]}</td>
      <td data-label={texts.order}>
        {orderId && onOrder ? (
          <button type="button" class="link" onClick={() => onOrder(orderId)}>
            {orderId}
          </button>
        ) : (
          orderId || '–'
        )}
      </td>
      <td data-label={texts.user}>{userId || '–'}</td>
      <td data-label={texts.time}>{sayTime(at, words.locale)}</td>
      <td data-label={texts.mostOf}>{longest ? `${sayHop(longest.hop, words)}, ${sayMs(longest.ms, words)}` : '–'}</td>
      <td>
        <button
          type="button"
          class="quiet"
          aria-expanded={isOpen}
          onClick={() => onTrace(isOpen ? '' : checkout.traceId)}
        >
          {isOpen ? texts.close : texts.open}
          <span class="unseen"> {orderId}</span>
        </button>
      </td>
    </tr>
  )
}
