/** A place for a few small values that outlive the page but not the tab. */
export interface Storage {
  read(key: string): string | undefined
  write(key: string, value: string): void
}

/** `sessionStorage`, or memory where it is blocked: its very getter throws then. */
export function createTabStorage(): Storage {
  const memory = new Map<string, string>()
  return {
    read(key) {
      try {
        return sessionStorage.getItem(key) ?? memory.get(key)
      } catch {
        return memory.get(key)
      }
    },
    write(key, value) {
      memory.set(key, value)
      try {
        sessionStorage.setItem(key, value)
      } catch {
        // Blocked or full: memory has it.
      }
    },
  }
}
