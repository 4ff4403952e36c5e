import type { OrderStatus } from '../../../parts/orders/order-status'
import { statusLabels } from '../../../ui/statuses'
import { useTexts } from '../texts/texts'

const waitsForManager: readonly OrderStatus[] = ['PRICE_CALCULATED', 'PACKAGING', 'SHIPPED']

/** The status in words; what waits for a manager stands out. */
export function StatusBadge({ status }: { status: OrderStatus }) {
  const { language } = useTexts()
  const kind = status === 'CLOSED' ? 'over' : waitsForManager.includes(status) ? 'waits' : 'elsewhere'
  return <span className={`badge ${kind}`}>{statusLabels[language][status]}</span>
}
