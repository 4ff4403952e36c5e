/** The two ids that every span of the company carries, under the names that people search for. */
export const idNames = ['order_id', 'user_id'] as const

export type IdName = (typeof idNames)[number]
export type OrderIds = Partial<Record<IdName, string>>

const shape = /^[A-Za-z0-9._:~-]{1,64}$/

/** Baggage comes from a browser, so from anybody: an id is short and made of harmless characters, or it is no id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && shape.test(value)
}

/** Is this one of the two names that may travel? */
export function isIdName(name: string): name is IdName {
  return (idNames as readonly string[]).includes(name)
}
