export interface AttemptLimits {
  /** Wrong passwords within a minute. */
  most: number
  /** How many names are remembered: more than anybody makes up within a minute, and too few to fill the memory. */
  names: number
}

const windowMs = 60_000

/** One that was counted. */
export interface Attempt {
  readonly at: number
}

/** What an account bears: as many as somebody needs who has forgotten which password it was. */
export const ofAccount: AttemptLimits = { most: 5, names: 100_000 }
/** What an address bears, over all accounts: an office has one, and so has whoever tries one password on each. */
export const ofAddress: AttemptLimits = { most: 30, names: 100_000 }

/**
 * Counts wrong passwords, so that nobody tries them all. Each attempt is counted before it is known to be wrong: guesses that are sent at once
 * would all be checked otherwise.
 */
export class Attempts {
  private readonly counted = new Map<string, Attempt[]>()

  constructor(private readonly limits: AttemptLimits) {}

  /** May this name be tried now? */
  isOpen(name: string): boolean {
    return this.recent(name).length < this.limits.most
  }

  count(name: string): Attempt {
    const attempt = { at: Date.now() }
    this.keep(name, [...this.recent(name), attempt])
    const oldest = this.counted.keys().next()
    if (this.counted.size > this.limits.names && !oldest.done) this.counted.delete(oldest.value)
    return attempt
  }

  /** One that was counted was right. That one, for another of its time may have been wrong. */
  giveBack(name: string, attempt: Attempt): void {
    this.keep(
      name,
      this.recent(name).filter((other) => other !== attempt),
    )
  }

  /** Whoever knows the password need not wait for what others guessed. */
  forget(name: string): void {
    this.counted.delete(name)
  }

  private keep(name: string, attempts: Attempt[]): void {
    this.counted.delete(name)
    if (attempts.length > 0) this.counted.set(name, attempts)
  }

  private recent(name: string): Attempt[] {
    return (this.counted.get(name) ?? []).filter(({ at }) => Date.now() - at < windowMs)
  }
}
