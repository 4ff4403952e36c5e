/** @jsxImportSource preact */
import { sayShare } from '../analyst/say'
import { useSpeech } from './context'
import { Problem } from './problem'
import type { Reading } from './said'
import { sayCount } from './say-time'
import { useCalm } from './use-calm'

interface ReadingProps {
  reading: Reading
  /** Something of it can be seen. */
  hasReport: boolean
  onStop(): void
  onGoOn(): void
  onAgain(): void
}

/** How far the reading is, told as it goes on; or why it ended early, and the way on. */
export function ReadingLine({ reading, hasReport, onStop, onGoOn, onAgain }: ReadingProps) {
  const { texts } = useSpeech()
  if (reading.state === 'asked' || reading.state === 'reading') return <Progress reading={reading} onStop={onStop} />
  if (reading.state === 'whole') return null
  const isNow = reading.part === 'now'
  if (reading.state === 'failed' && isNow)
    return (
      <Problem
        failure={reading.failure}
        onAgain={hasReport ? onGoOn : onAgain}
        {...(hasReport && { label: texts.goOn })}
      />
    )
  const stopped = isNow ? (hasReport ? texts.stopped : texts.stoppedAtOnce) : texts.beforeStopped
  return (
    <div class="reading">
      <p role="status">{reading.state === 'failed' ? texts.beforeFailed(reading.failure.message) : stopped}</p>
      <button type="button" class="quiet" onClick={onGoOn}>
        {texts.goOn}
      </button>
    </div>
  )
}

function Progress({ reading, onStop }: { reading: Extract<Reading, { state: 'asked' | 'reading' }>; onStop(): void }) {
  const { texts, words } = useSpeech()
  const isAsked = reading.state === 'asked'
  const percent = isAsked ? '' : sayShare(reading.done, words)
  const line = isAsked
    ? texts.loading
    : reading.part === 'now'
      ? texts.reading(percent, sayCount(reading.count, words.locale))
      : texts.readingBefore(percent)
  const told = useCalm(line)
  return (
    <div class="reading">
      <progress value={isAsked ? undefined : reading.done} max={1} aria-label={texts.loading} />
      <p aria-hidden="true">{line}</p>
      <p role="status" class="unseen">
        {told}
      </p>
      <button type="button" class="quiet" onClick={onStop}>
        {texts.stop}
      </button>
    </div>
  )
}
