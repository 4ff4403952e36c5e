export interface AttemptLimits {
  /** Wrong passwords within a minute. */
  most: number
  /** How many names are remembered: more than anybody makes up within a minute, and too few to fill the memory. */
  names: number
}

const windowMs = 60_000

/** What an account bears: as many as somebody needs who has forgotten which password it was. */
export const ofAccount: AttemptLimits = { most: 5, names: 100_000 }
/** What an address bears, over all accounts: an office has one, and so has whoever tries one password on each. */
export const ofAddress: AttemptLimits = { most: 30, names: 100_000 }

/**
 * Counts wrong passwords, so that nobody tries them all. Each attempt is counted before it is known to be wrong: guesses that are sent at once
 * would all be checked otherwise.
 */
export class Attempts {
  private readonly counted = new Map<string, number[]>()

  constructor(private readonly limits: AttemptLimits) {}

  /** May this name be tried now? */
  isOpen(name: string): boolean {
    return this.recent(name).length < this.limits.most
  }

  count(name: string): void {
    this.keep(name, [...this.recent(name), Date.now()])
    const oldest = this.counted.keys().next()
    if (this.counted.size > this.limits.names && !oldest.done) this.counted.delete(oldest.value)
  }

  /** One that was counted was right. */
  giveBack(name: string): void {
    this.keep(name, this.recent(name).slice(0, -1))
  }

  /** Whoever knows the password need not wait for what others guessed. */
  forget(name: string): void {
    this.counted.delete(name)
  }

  private keep(name: string, times: number[]): void {
    this.counted.delete(name)
    if (times.length > 0) this.counted.set(name, times)
  }

  private recent(name: string): number[] {
    return (this.counted.get(name) ?? []).filter((time) => Date.now() - time < windowMs)
  }
}
