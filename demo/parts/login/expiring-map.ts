/** A map whose entries are forgotten after a time, and the oldest before that when there are too many. */
export class ExpiringMap<Value> {
  private readonly entries = new Map<string, { value: Value; end: number }>()

  constructor(private readonly limits: { ttlMs: number; most: number }) {}

  get(key: string): Value | undefined {
    const entry = this.entries.get(key)
    if (entry && entry.end > Date.now()) return entry.value
    this.entries.delete(key)
    return undefined
  }

  set(key: string, value: Value): void {
    this.entries.set(key, { value, end: Date.now() + this.limits.ttlMs })
    for (const [oldest, { end }] of this.entries) {
      if (end > Date.now() && this.entries.size <= this.limits.most) break
      this.entries.delete(oldest)
    }
  }

  /** Gives the entry and forgets it. */
  take(key: string): Value | undefined {
    const value = this.get(key)
    this.entries.delete(key)
    return value
  }
}
