import type { StatusChange } from '../../../shop-db/order-row'
import { formatTime } from '../../../ui/format'
import { statusLabels } from '../../../ui/statuses'
import { useTexts } from '../texts/texts'

/** What happened to the order so far, the newest first: that is what one looks for. */
export function OrderHistory({ history }: { history: StatusChange[] }) {
  const { language, texts } = useTexts()
  return (
    <section className="card">
      <h2>{texts.order.history}</h2>
      <ol className="history" reversed>
        {[...history].reverse().map(({ status, at }) => (
          <li key={status}>
            <span>{statusLabels[language][status]}</span>
            <time dateTime={at}>{formatTime(at, language)}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}
