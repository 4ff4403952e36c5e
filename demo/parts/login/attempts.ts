/** How many wrong passwords an account bears within {@link windowMs}. */
const mostFailures = 5
const windowMs = 60_000

/** Counts wrong passwords, so that nobody tries them all. */
export class Attempts {
  private readonly failures = new Map<string, number[]>()

  /** @param mostNames how many are remembered: more than there are accounts, and too few to fill the memory */
  constructor(private readonly mostNames = 1000) {}

  /** May this account be tried now? */
  isOpen(login: string): boolean {
    return this.recent(login).length < mostFailures
  }

  fail(login: string): void {
    const times = [...this.recent(login), Date.now()]
    this.failures.delete(login)
    this.failures.set(login, times)
    const oldest = this.failures.keys().next()
    if (this.failures.size > this.mostNames && !oldest.done) this.failures.delete(oldest.value)
  }

  succeed(login: string): void {
    this.failures.delete(login)
  }

  private recent(login: string): number[] {
    return (this.failures.get(login) ?? []).filter((time) => Date.now() - time < windowMs)
  }
}
