// biome-ignore lint/complexity/noBannedTypes: whatever function the page has there
export type Replacement = (original: Function, self: unknown, args: unknown[]) => unknown

/**
 * Puts `apply` around the function `owner[name]`. A Proxy keeps what a page can see of the function: name, length, own keys, `new`.
 * @returns puts the original back, if what stands there is still ours; what others wrapped over us goes on working.
 */
export function patch(owner: object, name: string, apply: Replacement): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  const original: unknown = descriptor?.value
  if (!descriptor || typeof original !== 'function') throw new TypeError(`${name} is not a function that can be traced`)
  const replacement = new Proxy(original, { apply })
  Object.defineProperty(owner, name, { ...descriptor, value: replacement })
  return () => {
    if (Reflect.get(owner, name) === replacement) Object.defineProperty(owner, name, descriptor)
  }
}
