import { api } from './api.js'
import { formatPrice, inLanguage } from './format.js'
import { startLanguage, text } from './language.js'
import { productImage } from './product-image.js'
import { startSession } from './session.js'
import { byId, make, whileLoading } from './show.js'

let products = []

function draw() {
  byId('products').replaceChildren(...products.map(card))
}

function card(product) {
  const name = inLanguage(product.name)
  const link = make('a', { href: `/order?product=${encodeURIComponent(product.id)}`, textContent: name })
  const more = make('span', { className: 'more', 'aria-hidden': 'true', textContent: text('catalogue.order') })
  const price = make('span', {
    className: 'price',
    textContent: text('catalogue.from', { price: formatPrice(product.price) }),
  })
  const article = make(
    'article',
    { 'data-testid': 'product' },
    productImage(product.id),
    make('h3', {}, link),
    make('p', { textContent: inLanguage(product.description) }),
    make('p', { className: 'foot' }, price, more),
  )
  return make('li', {}, article)
}

startLanguage(draw)
await whileLoading(async () => {
  const session = startSession()
  products = await api('/products')
  draw()
  await session
})
byId('products').removeAttribute('aria-busy')
