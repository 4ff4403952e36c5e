/** A list that can be waited on: what a server has seen so far, and what it will see. */
export class Happenings<T> {
  readonly all: T[] = []
  private readonly waiting = new Set<() => void>()

  add(...items: T[]): void {
    this.all.push(...items)
    for (const check of this.waiting) check()
  }

  /** Resolves as soon as `isEnough` holds of all items so far; rejects after `withinMs` and shows what came instead. */
  async waitUntil(isEnough: (all: T[]) => boolean, what: string, withinMs = 10_000): Promise<T[]> {
    if (isEnough(this.all)) return this.all
    return new Promise((resolve, reject) => {
      const check = () => {
        if (isEnough(this.all)) settle(() => resolve(this.all))
      }
      const settle = (done: () => void) => {
        clearTimeout(timer)
        this.waiting.delete(check)
        done()
      }
      const timer = setTimeout(
        () => settle(() => reject(new Error(`waited for ${what}, got ${show(this.all)}`))),
        withinMs,
      )
      this.waiting.add(check)
    })
  }

  async find(matches: (item: T) => boolean, what: string, withinMs?: number): Promise<T> {
    const all = await this.waitUntil((items) => items.some(matches), what, withinMs)
    return all.find(matches) as T
  }
}

const show = (items: unknown[]) =>
  JSON.stringify(items, (_key, value) => (typeof value === 'bigint' ? String(value) : value), 1).slice(0, 6000)
