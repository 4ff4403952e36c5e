const PRIMITIVES = ['string', 'number', 'boolean']

/** @returns what is wrong with an attribute, in words for the developer; `undefined` if nothing is */
export function wrongAttribute(name: string, value: unknown): string | undefined {
  if (name === '') return 'an attribute has no name; it is left out'
  const values = Array.isArray(value) ? value : [value]
  if (values.every((item) => PRIMITIVES.includes(typeof item))) return undefined
  return `the attribute "${name}" is neither string, number nor boolean, nor an array of them; it is left out`
}
