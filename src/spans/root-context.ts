import type { Context } from '@opentelemetry/api'

const createContext = (values: ReadonlyMap<symbol, unknown>): Context => ({
  getValue: (key) => values.get(key),
  setValue: (key, value) => createContext(new Map(values).set(key, value)),
  deleteValue: (key) => createContext(new Map([...values].filter(([known]) => known !== key))),
})

/** What the API's own root is, without the class around it; contexts of the API take the same keys, and a page may hand us either kind. */
export const ROOT_CONTEXT = createContext(new Map())

/** Every copy of `@opentelemetry/api` finds the same key by it. */
export const contextKey = (description: string): symbol => Symbol.for(description)
