/// <reference types="vite/client" />

/** The drawings of the pieces, which the shop has too. */
const drawings = import.meta.glob<string>('../../../internet-shop/pages/assets/images/*.svg', {
  eager: true,
  query: '?url',
  import: 'default',
})

/** The address of a product's drawing; the common one for a product that has none. */
export function pictureOf(productId: string): string {
  const at = (name: string) => drawings[`../../../internet-shop/pages/assets/images/${name}.svg`]
  return at(productId) ?? at('piece') ?? ''
}
