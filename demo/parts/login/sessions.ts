import { randomBytes } from 'node:crypto'
import { ExpiringMap } from './expiring-map'
import type { Session } from './session'

export interface SessionLimits {
  seconds: number
  /** Of one person; the oldest ends when there is one more. */
  ofPerson: number
  /** Of all together. */
  most: number
}

/** Who is logged in, by the number in the browser's cookie. Nobody's logins end those of another. */
export class Sessions {
  private readonly byId: ExpiringMap<Session>
  private readonly ofPerson: ExpiringMap<string[]>

  constructor(private readonly limits: SessionLimits) {
    const { seconds, most } = limits
    this.byId = new ExpiringMap({ ttlMs: seconds * 1000, most })
    this.ofPerson = new ExpiringMap({ ttlMs: seconds * 1000, most })
  }

  /** Keeps it under a new number, which nobody can have planted. */
  add(session: Session): string {
    const id = randomBytes(32).toString('base64url')
    const { userId } = session.person
    const ids = [...(this.ofPerson.take(userId) ?? []).filter((other) => this.byId.get(other)), id]
    for (const oldest of ids.splice(0, ids.length - this.limits.ofPerson)) this.byId.take(oldest)
    this.ofPerson.set(userId, ids)
    this.byId.set(id, session)
    return id
  }

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.byId.get(id)
  }

  end(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.byId.take(id)
  }
}
