import { Link } from 'react-router'
import type { OrderCounts } from '../../../crm-api/orders'
import type { OrderStatus } from '../../../parts/orders/order-status'
import type { Known } from '../answers/use-answer'
import { useTexts } from '../texts/texts'
import { writeSearch } from './search'

const waiting = ['PRICE_CALCULATED', 'PACKAGING', 'SHIPPED'] as const

/** How many orders wait for which step of a manager; each leads to them, and a second time to all. */
export function WaitingOrders({ of: counts, chosen }: { of: Known<OrderCounts>; chosen: OrderStatus | undefined }) {
  const { language, texts } = useTexts()
  const unknown = counts.isLoading ? '…' : '–'
  return (
    <nav className="waiting" aria-label={texts.orders.waiting}>
      <h2>{texts.orders.waiting}</h2>
      <ul>
        {waiting.map((status) => {
          const [action, why] = texts.orders.waitingSteps[status]
          const count = counts.answer && (counts.answer[status] ?? 0)
          const isChosen = chosen === status
          return (
            <li key={status} className={count ? 'some' : 'none'}>
              <Link to={isChosen ? '/' : `/${writeSearch({ status })}`} aria-current={isChosen || undefined}>
                <span className="count">
                  {count === undefined ? unknown : new Intl.NumberFormat(language).format(count)}
                </span>
                <span className="action">{action}</span>
                <span className="why">{why}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
