/** @jsxImportSource preact */
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
  return (
    <label class="threshold">
      {texts.slowerThan}
      <input
        type="number"
        min={1}
        step="any"
        inputMode="numeric"
        value={view.slowerThan ?? ''}
        placeholder={String(Math.round(found))}
        title={texts.slowerThanHint}
        onChange={({ currentTarget }) => {
          const ms = Number(currentTarget.value)
          onChange({ slowerThan: ms > 0 ? ms : undefined })
        }}
      />
      {texts.slowerThanUnit}
    </label>
  )
}
