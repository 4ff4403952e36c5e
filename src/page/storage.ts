import type { Guard } from './guard'

/** A place for a few small values that outlive the page but not the tab. */
export interface Storage {
  read(key: string): string | undefined
  write(key: string, value: string): void
  remove(key: string): void
  /** The user agreed: what was kept in memory alone is written where nothing stands. */
  allow(): void
  /** The user did not agree: nothing of ours stays. */
  clear(): void
}

/** Every key begins like this, also those of earlier pages. */
const OURS = 'ordertrace.'

/**
 * `sessionStorage`, or memory where it is full or blocked: its very getter throws then.
 * @param mayStore whether the user agreed; memory alone until then
 */
export function createTabStorage(guard: Guard, mayStore: () => boolean): Storage {
  const memory = new Map<string, string>()
  const stored = (key: string) =>
    mayStore() ? (guard('storage', () => sessionStorage.getItem(key)) ?? undefined) : undefined
  const store = (key: string, value: string) => {
    if (mayStore()) guard('storage', () => sessionStorage.setItem(key, value))
  }
  const remove = (key: string) => {
    memory.delete(key)
    guard('storage', () => sessionStorage.removeItem(key))
  }
  return {
    read(key) {
      return stored(key) ?? memory.get(key)
    },
    write(key, value) {
      memory.set(key, value)
      store(key, value)
    },
    remove,
    allow() {
      for (const [key, value] of memory) if (stored(key) === undefined) store(key, value)
    },
    clear() {
      memory.clear()
      guard('storage', () => {
        for (const key of Object.keys(sessionStorage)) if (key.startsWith(OURS)) sessionStorage.removeItem(key)
      })
    },
  }
}
