import type { OrderWithHistory } from '../../../crm-api/orders'
import { type OrderStatus, orderStatuses } from '../../../parts/orders/order-status'
import { formatDay, formatTime } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import { statusLabels } from '../../../ui/statuses'
import { useTexts } from '../texts/texts'

/** The nine steps of an order's way; each says in words whether it is behind, now or ahead. */
export function StatusLine({ order }: { order: OrderWithHistory }) {
  const { language, texts } = useTexts()
  const current = orderStatuses.indexOf(order.status)
  const values = { step: current + 1, steps: orderStatuses.length, name: statusLabels[language][order.status] }
  return (
    <section aria-label={texts.order.line}>
      <p className="now" data-testid="status">
        {fillIn(texts.order.step, values)}
      </p>
      <ol className="status-line">
        {orderStatuses.map((status, index) => (
          <StepOfLine
            key={status}
            status={status}
            state={index < current ? 'done' : index === current ? 'current' : 'ahead'}
            at={order.history.find((change) => change.status === status)?.at}
          />
        ))}
      </ol>
    </section>
  )
}

function StepOfLine(props: { status: OrderStatus; state: 'done' | 'current' | 'ahead'; at: string | undefined }) {
  const { language, texts } = useTexts()
  const { status, state, at } = props
  return (
    <li className={state} aria-current={state === 'current' ? 'step' : undefined}>
      <span className="name">{statusLabels[language][status]}</span>
      <span className="unseen">, {texts.order[state]}</span>
      {at && (
        <time dateTime={at} title={formatTime(at, language)}>
          {formatDay(at, language)}
        </time>
      )}
    </li>
  )
}
