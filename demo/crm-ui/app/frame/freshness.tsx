import { formatTimeOfDay } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import type { Answers } from '../answers/use-answer'
import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'

/** How old is what the screen shows, and a way to ask again; when that failed, why. */
export function Freshness({ of: { at, error, isLoading, reload } }: { of: Answers<unknown> }) {
  const { language, texts } = useTexts()
  if (at === undefined) return null
  const time = formatTimeOfDay(at, language)
  const isStale = error !== undefined
  return (
    <div className={isStale ? 'freshness notice error' : 'freshness'}>
      <p role={isStale ? 'alert' : undefined}>
        {isStale ? `${fillIn(texts.stale, { time })} ${explain(error, texts)}` : fillIn(texts.refreshedAt, { time })}
      </p>
      <button type="button" className="quiet" aria-disabled={isLoading} onClick={() => isLoading || reload()}>
        {isStale ? texts.retry : texts.refresh}
      </button>
    </div>
  )
}
