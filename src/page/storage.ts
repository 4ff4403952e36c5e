import type { Guard } from './guard'

/** A place for a few small values that outlive the page but not the tab. */
export interface Storage {
  read(key: string): string | undefined
  write(key: string, value: string): void
}

/** `sessionStorage`, or memory where it is full or blocked: its very getter throws then. */
export function createTabStorage(guard: Guard): Storage {
  const memory = new Map<string, string>()
  return {
    read: (key) => guard('storage', () => sessionStorage.getItem(key)) ?? memory.get(key),
    write(key, value) {
      memory.set(key, value)
      guard('storage', () => sessionStorage.setItem(key, value))
    },
  }
}
