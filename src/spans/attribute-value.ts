const PRIMITIVES = ['string', 'number', 'boolean']

/** Text, a number, a boolean, or an array of one of them in which places may be empty: what OpenTelemetry takes for an attribute. */
export function isAttributeValue(value: unknown): boolean {
  if (!Array.isArray(value)) return PRIMITIVES.includes(typeof value)
  const items = value.filter((item) => item != null)
  return items.every((item) => PRIMITIVES.includes(typeof item) && typeof item === typeof items[0])
}
