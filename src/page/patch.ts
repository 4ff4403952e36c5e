// biome-ignore lint/complexity/noBannedTypes: whatever function the page has there
type AnyFunction = Function
export type Replacement = (original: AnyFunction, self: unknown, args: unknown[]) => unknown
export type Construction = (original: AnyFunction, args: unknown[], newTarget: AnyFunction) => object

/** Runs one patch; a strange page may refuse it, and the others work all the same. */
export type Install = (start: () => () => void) => void

/**
 * Puts `apply` around the function `owner[name]`, and `construct` around `new`. A Proxy keeps what a page can see of the function: name,
 * length, own keys, what it makes.
 * @returns puts the original back, if what stands there is still ours; what others wrapped over us goes on working.
 */
export function patch(owner: object, name: string, apply?: Replacement, construct?: Construction): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
  const original = descriptor?.value as AnyFunction
  // What is no function is refused here. A trap that is undefined is none.
  const value = new Proxy(original, { apply, construct } as ProxyHandler<AnyFunction>)
  // What a class makes says who made it. First, for a page may have frozen it: then nothing is patched.
  const made = construct && Object.getOwnPropertyDescriptor(original.prototype, 'constructor')
  const undoMade =
    made?.value === original ? replace(original.prototype, 'constructor', made, { ...made, value }) : () => {}
  const undo = replace(owner, name, descriptor, { ...descriptor, value })
  return () => {
    undo()
    undoMade()
  }
}

/** Puts `around` about the setting of `owner[name]`; it is given what sets the value, and the object whose value it is. */
export function patchSetter(owner: object, name: string, around: (set: () => void, self: unknown) => void): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
  const set = new Proxy(descriptor.set as () => void, {
    apply: (native, self, args) => around(() => Reflect.apply(native, self, args), self),
  })
  return replace(owner, name, descriptor, { ...descriptor, set })
}

function replace(owner: object, name: string, before: PropertyDescriptor, ours: PropertyDescriptor): () => void {
  Object.defineProperty(owner, name, ours)
  return () => {
    const now = Object.getOwnPropertyDescriptor(owner, name)
    // Not where the page has frozen it meanwhile; then ours goes on as the original would.
    if (now?.value === ours.value && now?.set === ours.set) Reflect.defineProperty(owner, name, before)
  }
}
