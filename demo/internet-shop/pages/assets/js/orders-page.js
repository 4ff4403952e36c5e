import { api } from './api.js'
import { formatTime, inLanguage } from './format.js'
import { startLanguage, text } from './language.js'
import { productImage } from './product-image.js'
import { onOtherCustomer, startSession } from './session.js'
import { byId, make, whileLoading } from './show.js'

let orders = []
let products = []

function draw() {
  byId('orders').replaceChildren(...orders.map(row))
}

function row(order) {
  const product = products.find((candidate) => candidate.id === order.productId)
  const name = product ? inLanguage(product.name) : order.productId
  return make(
    'li',
    { 'data-testid': 'order' },
    productImage(order.productId, { size: 96 }),
    make(
      'div',
      { className: 'what' },
      make('a', { href: `/orders/${encodeURIComponent(order.id)}`, textContent: name }),
      make('span', { className: 'order-id', textContent: order.id }),
      make('span', {
        className: 'when',
        textContent: `× ${order.quantity} · ${formatTime(order.createdAt)}`,
      }),
    ),
    make('span', { className: 'badge', textContent: text(order.status) }),
  )
}

startLanguage(draw)
onOtherCustomer(() => location.reload())
await whileLoading(async () => {
  await startSession()
  const answers = await Promise.all([api('/orders'), api('/products')])
  orders = answers[0].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  products = answers[1]
  byId('empty').hidden = orders.length > 0
  draw()
})
