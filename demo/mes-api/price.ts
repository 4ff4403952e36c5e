/** What the workshop casts in, with what a piece of the plainest model costs in it, kopecks. */
const pieceKopecks = {
  'gold-585': 3_900_000,
  'silver-925': 690_000,
  'silver-gilded': 850_000,
} as const

/** A finer model takes longer to clean up: for each started KiB of its file, kopecks a piece. */
const kibKopecks = 1500
/** A model of many megabytes is finely meshed rather than finely worked: the surcharge ends here, KiB. */
const maxKib = 2048

export type Material = keyof typeof pieceKopecks

export const materials = Object.keys(pieceKopecks) as Material[]

/** Is this a material that the workshop has? */
export function isMaterial(value: unknown): value is Material {
  return typeof value === 'string' && Object.hasOwn(pieceKopecks, value)
}

/** The price of all pieces of an order, in kopecks. */
export function computePrice(order: { material: Material; modelSize: number; quantity: number }): number {
  const kib = Math.min(Math.ceil(order.modelSize / 1024), maxKib)
  return order.quantity * (pieceKopecks[order.material] + kib * kibKopecks)
}
