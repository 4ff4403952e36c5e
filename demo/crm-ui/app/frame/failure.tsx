import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'

/** Nothing could be shown: why, and a way to ask again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { texts } = useTexts()
  return (
    <div className="notice error">
      <p role="alert">{explain(error, texts)}</p>
      <button type="button" className="quiet" onClick={onRetry}>
        {texts.retry}
      </button>
    </div>
  )
}
