import { Link } from 'react-router'
import type { Order } from '../../../crm-api/orders'
import { formatAgo, formatPrice, formatTime } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import { useTexts } from '../texts/texts'
import { PieceImage } from './piece-image'
import { StatusBadge } from './status-badge'

export function OrderTable({ orders }: { orders: Order[] }) {
  const { texts } = useTexts()
  const { piece, number, customer, price, created, status } = texts.orders
  return (
    <table className="order-table">
      <thead>
        <tr>
          <th scope="col">{piece}</th>
          <th scope="col">{number}</th>
          <th scope="col">{customer}</th>
          <th scope="col">{status}</th>
          <th scope="col" className="number">
            {price}
          </th>
          <th scope="col" className="number">
            {created}
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <Row key={order.id} order={order} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ order }: { order: Order }) {
  const { language, texts } = useTexts()
  const { pieces, noPrice } = texts.orders
  return (
    <tr data-testid="order">
      <th scope="row">
        <PieceImage productId={order.productId} width={56} />
        <span>
          <Link to={`/orders/${order.id}`}>{order.product.name[language]}</Link>
          <span className="soft">{fillIn(pieces, { quantity: order.quantity })}</span>
        </span>
      </th>
      <td className="code">{order.id}</td>
      <td className="code soft">{order.customerId}</td>
      <td>
        <StatusBadge status={order.status} />
      </td>
      <td className="number">
        {order.price === null ? <span className="soft">{noPrice}</span> : formatPrice(order.price, language)}
      </td>
      <td className="number soft">
        <time dateTime={order.createdAt} title={formatTime(order.createdAt, language)}>
          {formatAgo(order.createdAt, language)}
        </time>
      </td>
    </tr>
  )
}
