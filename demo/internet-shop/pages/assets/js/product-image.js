import { make } from './show.js'

/** The drawing of a piece; one that the shop has no drawing of gets the common one. */
export function productImage(productId, { size = 240 } = {}) {
  const image = make('img', { alt: '', width: String(size), height: String(Math.round(size * 0.75)) })
  image.addEventListener('error', () => image.setAttribute('src', '/assets/images/piece.svg'), { once: true })
  image.src = `/assets/images/${encodeURIComponent(productId)}.svg`
  return image
}
