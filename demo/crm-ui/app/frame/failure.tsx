import { ApiError } from '../../../ui/api'
import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'

/** Nothing could be shown: why, and a way to ask again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { texts } = useTexts()
  // What was refused for what it is would be refused again.
  const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500
  return (
    <div className="notice error">
      <p role="alert">{explain(error, texts)}</p>
      {isRefused || (
        <button type="button" className="quiet" onClick={onRetry}>
          {texts.retry}
        </button>
      )}
    </div>
  )
}
