/** How many wrong passwords an account bears within {@link windowMs}. */
const mostFailures = 5
const windowMs = 60_000
/** How many names are remembered: more than there are employees, and too few to fill the memory. */
const mostNames = 1000

/** Counts wrong passwords, so that nobody tries them all. */
export class Attempts {
  private readonly failures = new Map<string, number[]>()

  /** May this account be tried now? */
  isOpen(login: string): boolean {
    return this.recent(login).length < mostFailures
  }

  fail(login: string): void {
    const times = [...this.recent(login), Date.now()]
    this.failures.delete(login)
    this.failures.set(login, times)
    const oldest = this.failures.keys().next()
    if (this.failures.size > mostNames && !oldest.done) this.failures.delete(oldest.value)
  }

  succeed(login: string): void {
    this.failures.delete(login)
  }

  private recent(login: string): number[] {
    return (this.failures.get(login) ?? []).filter((time) => Date.now() - time < windowMs)
  }
}
