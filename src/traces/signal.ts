/** Tells everybody who waits that something has changed. */
export interface Signal {
  notify(): void
  onChange(listener: () => void): () => void
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    notify: () => {
      for (const listener of [...listeners]) listener()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Resolves with true at the next change, with false after `withinMs` without one. */
export function nextChange({ onChange }: Pick<Signal, 'onChange'>, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    // A timer of more than 2^31 ms would end at once.
    const timer = withinMs < 2 ** 31 ? setTimeout(() => settle(false), withinMs) : undefined
    const end = onChange(() => settle(true))
    const settle = (changed: boolean) => {
      clearTimeout(timer)
      end()
      resolve(changed)
    }
  })
}
