/** The value below which that share lies; of sorted numbers, between two by their distance. 0 of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const [low = 0, high = low] = [sorted[below], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - below)
}

/** Sorted, in the form that sorts fastest. */
export function sortNumbers(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort()
}
