/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { View } from './address'
import { useSpeech } from './context'

/** From how long on an order counts as slow. */
export function SlowThreshold({
  view,
  found,
  onChange,
}: {
  view: View
  /** Twice the median, ms. */
  found: number
  onChange(change: Partial<View>): void
}) {
  const { texts } = useSpeech()
  // While the reading goes on this is drawn again and again, and what is being typed must not go with it.
  const [typed, setTyped] = useState<string>()
  return (
    <label class="threshold">
      {texts.slowerThan}
      <input
        type="number"
        min={1}
        step="any"
        inputMode="numeric"
        value={typed ?? view.slowerThan ?? ''}
        placeholder={String(Math.round(found))}
        title={texts.slowerThanHint}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        // What was typed and taken back is no change.
        onBlur={() => setTyped(undefined)}
        onChange={({ currentTarget }) => {
          setTyped(undefined)
          const ms = Number(currentTarget.value)
          onChange({ slowerThan: ms > 0 ? ms : undefined })
        }}
      />
      {texts.slowerThanUnit}
    </label>
  )
}
