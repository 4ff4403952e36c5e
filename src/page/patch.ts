// biome-ignore lint/complexity/noBannedTypes: whatever function the page has there
type AnyFunction = Function
export type Replacement = (original: AnyFunction, self: unknown, args: unknown[]) => unknown
export type Construction = (original: AnyFunction, args: unknown[], newTarget: AnyFunction) => object

/** Puts something in place, again and again; what it returns takes it away. @throws where a strange page refuses it */
export type Install = () => () => void

/**
 * Puts `apply` around the function `owner[name]`, and `construct` around `new`. A Proxy keeps what a page can see of the function: name,
 * length, own keys, what it makes.
 * @returns puts the original back, if what stands there is still ours; what others wrapped over us goes on working.
 */
export const patch = (owner: object, name: string, apply?: Replacement, construct?: Construction): (() => void) =>
  preparePatch(owner, name, apply, construct)()

/** The same, for what is patched again and again. */
export const preparePatch = (owner: object, name: string, apply?: Replacement, construct?: Construction): Install =>
  // A trap that is undefined is none.
  prepare(owner, name, 'value', { apply, construct } as ProxyHandler<AnyFunction>)

/** Puts `around` about the setting of `owner[name]`; it is given what sets the value, and the object whose value it is. */
export const prepareSetterPatch = (
  owner: object,
  name: string,
  around: (set: () => void, self: unknown) => void,
): Install =>
  prepare(owner, name, 'set', { apply: (native, self, args) => around(() => Reflect.apply(native, self, args), self) })

function prepare(owner: object, name: string, key: 'value' | 'set', handler: ProxyHandler<AnyFunction>): Install {
  let original: AnyFunction | undefined
  let ours: AnyFunction
  return () => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
    const now = descriptor?.[key] as AnyFunction
    // Anew only where another script has put its own there meanwhile. What is no function is refused here.
    if (!original || now !== original) ours = new Proxy(now, handler)
    original = now
    // What a class makes says who made it. First, for a page may have frozen it: then nothing is patched.
    const made = handler.construct && Object.getOwnPropertyDescriptor(now.prototype, 'constructor')
    const undoMade =
      made && made.value === now ? replace(now.prototype, 'constructor', made, { ...made, value: ours }) : () => {}
    const undo = replace(owner, name, descriptor, { ...descriptor, [key]: ours })
    return () => {
      undo()
      undoMade()
    }
  }
}

function replace(owner: object, name: string, before: PropertyDescriptor, ours: PropertyDescriptor): () => void {
  Object.defineProperty(owner, name, ours)
  return () => {
    const now = Object.getOwnPropertyDescriptor(owner, name)
    // Not where the page has frozen it meanwhile; then ours goes on as the original would.
    if (now?.value === ours.value && now?.set === ours.set) Reflect.defineProperty(owner, name, before)
  }
}
