import { ApiError, api, inWords } from './api.js'
import { formatPrice, formatSize, inLanguage } from './format.js'
import { startLanguage, text } from './language.js'
import { startModelField } from './model-field.js'
import { productImage } from './product-image.js'
import { startQuantityField } from './quantity-field.js'
import { startSession } from './session.js'
import { byId, make, whileLoading } from './show.js'
import { order } from './tracing.js'

const form = byId('form')
const productId = new URLSearchParams(location.search).get('product')
const model = startModelField()
const quantity = startQuantityField(drawTotal)
let product

function draw() {
  model.draw()
  if (!product) return
  byId('piece').replaceChildren(
    productImage(product.id, { size: 400 }),
    make('h2', { textContent: inLanguage(product.name) }),
    make('p', { textContent: inLanguage(product.description) }),
    make('p', { className: 'price', textContent: text('catalogue.from', { price: formatPrice(product.price) }) }),
  )
  drawTotal()
}

function drawTotal() {
  const count = quantity.value()
  byId('total').textContent = product && count ? formatPrice(product.price * count) : '–'
}

/** One order operation: the request, and the id that the shop gave the order. */
function submit(body) {
  return order('submit', async (operation) => {
    const created = await api('/orders', { method: 'POST', body })
    operation.setId(created.id)
    return created
  })
}

async function onSubmit(event) {
  event.preventDefault()
  const body = new FormData(form)
  body.set('productId', product.id)
  showError('')
  setSending(true)
  try {
    const created = await submit(body)
    location.href = `/orders/${encodeURIComponent(created.id)}`
  } catch (error) {
    setSending(false)
    showError(inWords(error))
  }
}

function showError(message) {
  const place = byId('order-error')
  place.textContent = message
  place.hidden = message === ''
}

function setSending(sending) {
  byId('submit').disabled = sending
  byId('sending').hidden = !sending
  form.setAttribute('aria-busy', String(sending))
  byId('sending-text').textContent = sending ? text('order.sending', { size: formatSize(model.size()) }) : ''
}

startLanguage(draw)
form.addEventListener('submit', onSubmit)
// Back from the next page, the browser may show this one as it was left: in the middle of sending.
window.addEventListener('pageshow', () => setSending(false))
await whileLoading(async () => {
  const session = startSession()
  product = (await api('/products')).find((candidate) => candidate.id === productId)
  await session
  if (!product) throw new ApiError({ message: 'No such product', code: 'product_unknown', status: 404 })
  draw()
  byId('order').hidden = false
})
