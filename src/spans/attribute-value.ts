/** Text, a number, a boolean, or an array of one of them in which places may be empty: what OpenTelemetry takes for an attribute. */
export function isAttributeValue(value: unknown): boolean {
  const items = (Array.isArray(value) ? value : [value]).filter((item) => item != null)
  const type = typeof items[0]
  return items.every((item) => typeof item === type) && /^(string|number|boolean|undefined)$/.test(type)
}
