/** The greatest of any number of values, which need not fit into one call as with `Math.max`; the given one of none. */
export function greatestOf(values: Iterable<number>, none = 0): number {
  let greatest = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > greatest) greatest = value
  return greatest === Number.NEGATIVE_INFINITY ? none : greatest
}

/** The least of them. */
export function leastOf(values: Iterable<number>, none = 0): number {
  let least = Number.POSITIVE_INFINITY
  for (const value of values) if (value < least) least = value
  return least === Number.POSITIVE_INFINITY ? none : least
}
