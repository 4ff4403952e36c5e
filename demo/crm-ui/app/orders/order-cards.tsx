import { Link } from 'react-router'
import type { Order } from '../../../crm-api/orders'
import { formatAgo, formatPrice, formatTime } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import { useTexts } from '../texts/texts'
import { PieceImage } from './piece-image'
import { StatusBadge } from './status-badge'

export function OrderCards({ orders }: { orders: Order[] }) {
  return (
    <ul className="order-cards">
      {orders.map((order) => (
        <Card key={order.id} order={order} />
      ))}
    </ul>
  )
}

function Card({ order }: { order: Order }) {
  const { language, texts } = useTexts()
  const { pieces, noPrice } = texts.orders
  return (
    <li data-testid="order">
      <PieceImage productId={order.productId} width={64} />
      <div>
        <Link to={`/orders/${order.id}`}>{order.product.name[language]}</Link>
        <p className="soft">
          <span className="code">{order.id}</span>
          <span>{fillIn(pieces, { quantity: order.quantity })}</span>
        </p>
        <p className="soft">
          <time dateTime={order.createdAt} title={formatTime(order.createdAt, language)}>
            {formatAgo(order.createdAt, language)}
          </time>
          {order.price === null ? noPrice : <strong>{formatPrice(order.price, language)}</strong>}
        </p>
        <StatusBadge status={order.status} />
      </div>
    </li>
  )
}
