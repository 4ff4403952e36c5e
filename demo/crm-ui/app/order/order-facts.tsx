import { Link } from 'react-router'
import type { Order } from '../../../crm-api/orders'
import { formatPrice, formatTime } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import { PieceImage } from '../orders/piece-image'
import { writeSearch } from '../orders/search'
import { useTexts } from '../texts/texts'

/** What was ordered, by whom (an opaque id, which leads to the customer's other orders) and for how much. */
export function OrderFacts({ order }: { order: Order }) {
  const { language, texts } = useTexts()
  const say = texts.order
  return (
    <section className="card">
      <h2>{say.facts}</h2>
      <div className="facts">
        <PieceImage productId={order.productId} width={128} />
        <dl>
          <dt>{say.piece}</dt>
          <dd>{order.product.name[language]}</dd>
          <dt>{say.quantity}</dt>
          <dd>{new Intl.NumberFormat(language).format(order.quantity)}</dd>
          <dt>{say.price}</dt>
          <dd>
            {order.price === null ? (
              say.noPrice
            ) : (
              <>
                <strong>{formatPrice(order.price, language)}</strong> {say.priceFor}
              </>
            )}
          </dd>
          <dt>{say.customer}</dt>
          <dd>
            <Link
              className="code"
              to={`/${writeSearch({ text: order.customerId })}`}
              aria-label={fillIn(say.customersOrders, { id: order.customerId })}
            >
              {order.customerId}
            </Link>
          </dd>
          <dt>{say.created}</dt>
          <dd>
            <time dateTime={order.createdAt}>{formatTime(order.createdAt, language)}</time>
          </dd>
        </dl>
      </div>
    </section>
  )
}
