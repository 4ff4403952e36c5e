const PRIMITIVES = ['string', 'number', 'boolean']

/** Text, a number, a boolean, or an array of one of them in which places may be empty: what OpenTelemetry takes for an attribute. */
export function isAttributeValue(value: unknown): boolean {
  if (!Array.isArray(value)) return isPrimitive(value)
  const items = value.filter((item) => item != null)
  return items.every((item) => isPrimitive(item) && typeof item === typeof items[0])
}

const isPrimitive = (value: unknown) => PRIMITIVES.includes(typeof value)
