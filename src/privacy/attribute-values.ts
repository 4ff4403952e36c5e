import { isAttributeValue } from '../spans/attribute-value'

/** @returns what is wrong with an attribute, in words for the developer; `undefined` if nothing is */
export function wrongAttribute(name: string, value: unknown): string | undefined {
  if (name && value != null && isAttributeValue(value)) return undefined
  return `the attribute "${name}" is neither string, number nor boolean, nor an array of those, or has no name; it is left out`
}
