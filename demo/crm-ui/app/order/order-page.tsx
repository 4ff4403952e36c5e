import { useParams } from 'react-router'
import type { OrderWithHistory } from '../../../crm-api/orders'
import { ApiError } from '../../../ui/api'
import { fillIn } from '../../../ui/language'
import { useAnswer } from '../answers/use-answer'
import { Failure } from '../frame/failure'
import { Freshness } from '../frame/freshness'
import { Loading } from '../frame/loading'
import { useTexts } from '../texts/texts'
import { BackToOrders } from './back-to-orders'
import { NextStep } from './next-step'
import { OrderFacts } from './order-facts'
import { OrderHistory } from './order-history'
import { OrderModel } from './order-model'
import { OrderTitle } from './order-title'
import { StatusLine } from './status-line'
import { UnknownOrder } from './unknown-order'

/** `/orders/:id`: one order, and what a manager can do with it now. */
export function OrderPage() {
  const { id = '' } = useParams()
  return <OneOrder key={id} id={id} />
}

function OneOrder({ id }: { id: string }) {
  const { texts } = useTexts()
  const order = useAnswer<OrderWithHistory>(`/api/orders/${encodeURIComponent(id)}`)
  if (order.error instanceof ApiError && order.error.code === 'order_unknown') return <UnknownOrder id={id} />
  return (
    <article className="order-page" aria-label={fillIn(texts.order.title, { id })}>
      <BackToOrders />
      <div className="heading">
        <OrderTitle id={id} />
        <Freshness of={order} />
      </div>
      {order.answer ? (
        <>
          <StatusLine order={order.answer} />
          <div className="columns">
            <div>
              <NextStep order={order.answer} answers={order} />
              <OrderModel order={order.answer} />
            </div>
            <div>
              <OrderFacts order={order.answer} />
              <OrderHistory history={order.answer.history} />
            </div>
          </div>
        </>
      ) : order.isLoading ? (
        <Loading />
      ) : (
        <Failure error={order.error} onRetry={order.reload} />
      )}
    </article>
  )
}
