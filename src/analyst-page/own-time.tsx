/** @jsxImportSource preact */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { View } from './address'
import { useSpeech } from './context'

const ends = ['from', 'to'] as const
type End = (typeof ends)[number]

/** From when to when, as somebody types it or picks it from the calendar: read when he leaves the two, and both are complete. */
export function OwnTime({ view, onChange }: { view: View; onChange(change: Partial<View>): void }) {
  const { texts } = useSpeech()
  const { from = 0, to = Date.now() } = view
  const fields = { from: useRef<HTMLInputElement>(null), to: useRef<HTMLInputElement>(null) }
  const isTyping = useRef(false)
  const [isWrong, setIsWrong] = useState(false)
  // By hand, for a field that is half typed reads as empty: each report that comes meanwhile would put the old time back.
  useLayoutEffect(() => {
    if (fields.from.current) fields.from.current.value = localText(from)
    if (fields.to.current) fields.to.current.value = localText(to)
    setIsWrong(false)
  }, [view.from, view.to])

  const take = () => {
    isTyping.current = false
    const known = { from, to }
    const read = (end: End) => {
      const text = fields[end].current?.value ?? ''
      // The field has no seconds.
      return text === localText(known[end]) ? known[end] : new Date(text).getTime()
    }
    const next = { from: read('from'), to: read('to') }
    const isRight = next.from < next.to
    setIsWrong(!isRight)
    if (isRight && (next.from !== from || next.to !== to)) onChange(next)
  }
  return (
    <>
      {ends.map((end) => (
        <label key={end}>
          {texts[end]}
          <input
            ref={fields[end]}
            type="datetime-local"
            aria-invalid={isWrong}
            aria-describedby={isWrong ? 'own-time-wrong' : undefined}
            onPointerDown={() => {
              isTyping.current = false
            }}
            onKeyDown={({ key }) => {
              if (key === 'Enter') take()
              else isTyping.current = true
            }}
            // Picked from the calendar by the pointer; what is typed changes with each digit.
            onChange={() => isTyping.current || take()}
            onBlur={({ relatedTarget }) => ends.some((one) => fields[one].current === relatedTarget) || take()}
          />
        </label>
      ))}
      {isWrong && (
        <p class="wrong" role="alert" id="own-time-wrong">
          {texts.ownTimeWrong}
        </p>
      )}
    </>
  )
}

/** A moment as such a field writes it, in the person's own time. */
function localText(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
