import { useTexts } from '../texts/texts'

/** Appears only when an answer takes its time (see base.css), so that a quick one does not flicker. */
export function Loading() {
  const { texts } = useTexts()
  return (
    <p className="loading" role="status">
      {texts.loading}
    </p>
  )
}
