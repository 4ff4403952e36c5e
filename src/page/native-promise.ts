/** The prototype of what `async` functions return, whatever the page has put in the place of the global `Promise`. */
export const NATIVE_PROMISE: Promise<unknown> = Object.getPrototypeOf((async () => {})())
