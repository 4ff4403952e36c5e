/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { sayStep } from '../analyst/say'
import { type Against, canBeAWeekEarlier, type Period, periods, timeOf, type View } from './address'
import { useSpeech } from './context'
import { OwnTime } from './own-time'
import type { Choice } from './protocol'

export interface FiltersProps {
  view: View
  choices: readonly Choice[]
  onChange(change: Partial<View>): void
}

/** Which step, which time; and a box for the number of an order or a user. */
export function Filters({ view, choices, onChange }: FiltersProps) {
  const { texts, words } = useSpeech()
  const known = choices.some(({ service, step }) => service === view.service && step === view.step)
  const all = known ? choices : [{ service: view.service, step: view.step }, ...choices]
  const isOwn = view.from !== undefined
  return (
    <div class="filters">
      <label>
        {texts.what}
        <select
          value={`${view.service} ${view.step}`}
          onChange={({ currentTarget }) => {
            const [service = '', step = ''] = currentTarget.value.split(' ')
            onChange({ service, step, traceId: '' })
          }}
        >
          {all.map(({ service, step }) => (
            <option key={`${service} ${step}`} value={`${service} ${step}`}>
              {service}: {sayStep(step, words)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {texts.period}
        <select
          value={isOwn ? 'own' : view.period}
          onChange={({ currentTarget: { value } }) => {
            const to = Date.now()
            if (value === 'own') onChange({ from: to - periods[view.period], to })
            else onChange({ period: value as Period, from: undefined, to: undefined })
          }}
        >
          {(Object.keys(periods) as Period[]).map((period) => (
            <option key={period} value={period}>
              {texts.periods[period]}
            </option>
          ))}
          <option value="own">{texts.ownPeriod}</option>
        </select>
      </label>
      {isOwn && <OwnTime view={view} onChange={onChange} />}
      {canBeAWeekEarlier(timeOf(view, 0)) && (
        <label>
          {texts.against}
          <select
            value={view.against}
            onChange={({ currentTarget }) => onChange({ against: currentTarget.value as Against })}
          >
            {(['before', 'week'] as const).map((against) => (
              <option key={against} value={against}>
                {texts.againsts[against]}
              </option>
            ))}
          </select>
        </label>
      )}
      <Finder onChange={onChange} />
    </div>
  )
}

function Finder({ onChange }: Pick<FiltersProps, 'onChange'>) {
  const { texts } = useSpeech()
  const [text, setText] = useState('')
  return (
    <search>
      <form
        class="finder"
        onSubmit={(event) => {
          event.preventDefault()
          const id = text.trim()
          if (id === '') return
          // A user's id begins with u-, anything else is taken for an order's.
          onChange(/^u-/i.test(id) ? { userId: id, orderId: '', traceId: '' } : { orderId: id, traceId: '' })
        }}
      >
        <label>
          {texts.find}
          <input
            type="search"
            autocomplete="off"
            spellcheck={false}
            placeholder={texts.findHint}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit">{texts.findButton}</button>
      </form>
    </search>
  )
}
