import type { Order } from '../../../crm-api/orders'
import { fillIn } from '../../../ui/language'
import { useTexts } from '../texts/texts'
import { OrderCards } from './order-cards'
import { OrderTable } from './order-table'
import { useIsWide } from './use-is-wide'

/** The orders as the screen has room for them; how many there are is also said aloud. */
export function OrderListView({ orders }: { orders: Order[] }) {
  const { texts } = useTexts()
  const isWide = useIsWide()
  return (
    <>
      <p className="unseen" role="status">
        {fillIn(texts.orders.found, { count: orders.length })}
      </p>
      {isWide ? <OrderTable orders={orders} /> : <OrderCards orders={orders} />}
    </>
  )
}
