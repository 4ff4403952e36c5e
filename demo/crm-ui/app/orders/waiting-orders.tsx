import { Link } from 'react-router'
import type { OrderCounts } from '../../../crm-api/orders'
import type { OrderStatus } from '../../../parts/orders/order-status'
import { useTexts } from '../texts/texts'
import { writeSearch } from './search'

const waiting = ['PRICE_CALCULATED', 'PACKAGING', 'SHIPPED'] as const

/** How many orders wait for which step of a manager; each leads to them, and a second time to all. */
export function WaitingOrders(props: { counts: OrderCounts | undefined; chosen: OrderStatus | undefined }) {
  const { language, texts } = useTexts()
  return (
    <nav className="waiting" aria-label={texts.orders.waiting}>
      <h2>{texts.orders.waiting}</h2>
      <ul>
        {waiting.map((status) => {
          const [action, why] = texts.orders.waitingSteps[status]
          const count = props.counts && (props.counts[status] ?? 0)
          const isChosen = props.chosen === status
          return (
            <li key={status} className={count ? 'some' : 'none'}>
              <Link to={isChosen ? '/' : `/${writeSearch({ status })}`} aria-current={isChosen || undefined}>
                <span className="count">
                  {count === undefined ? '…' : new Intl.NumberFormat(language).format(count)}
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
