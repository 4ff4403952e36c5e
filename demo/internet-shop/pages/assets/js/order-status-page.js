import { api } from './api.js'
import { formatSize, formatTime, inLanguage } from './format.js'
import { startLanguage, text } from './language.js'
import { productImage } from './product-image.js'
import { onOtherCustomer, startSession } from './session.js'
import { byId, make, whileLoading } from './show.js'
import { statusLine } from './status-line.js'
import { STATUSES } from './statuses.js'

const orderId = decodeURIComponent(location.pathname.split('/').filter(Boolean).at(-1))
let order
let product

function draw() {
  if (!order) return
  document.title = `${text('status.heading')} ${order.id}`
  byId('order-id').textContent = order.id
  const step = STATUSES.indexOf(order.status) + 1
  byId('now').textContent = text('status.step', { step, steps: STATUSES.length, name: text(order.status) })
  byId('line').replaceChildren(...statusLine(order))
  byId('history').replaceChildren(...order.history.map(moment))
  byId('details').replaceChildren(productImage(order.productId, { size: 160 }), details())
}

function moment({ status, at }) {
  return make(
    'li',
    {},
    make('span', { textContent: text(status) }),
    make('time', { datetime: at, textContent: formatTime(at) }),
  )
}

function details() {
  const rows = [
    ['status.piece', product ? inLanguage(product.name) : order.productId],
    ['status.quantity', String(order.quantity)],
    ['status.model', `${order.model.name}, ${formatSize(order.model.size)}`],
    ['status.created', formatTime(order.createdAt)],
  ]
  return make(
    'dl',
    {},
    ...rows.flatMap(([key, value]) => [make('dt', { textContent: text(key) }), make('dd', { textContent: value })]),
  )
}

async function load() {
  const [found, products] = await Promise.all([api(`/orders/${encodeURIComponent(orderId)}`), api('/products')])
  order = found
  product = products.find((candidate) => candidate.id === order.productId)
  draw()
  byId('order').hidden = false
}

startLanguage(draw)
onOtherCustomer(() => location.reload())
await whileLoading(async () => {
  await startSession()
  await load()
})
// Looked at again, the page tells the status of now. A failure leaves what was shown.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && order) load().catch(() => {})
})
