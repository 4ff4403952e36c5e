import type { Storage } from '../page/storage'
import { randomHex } from '../spans/ids'

/** One person at one tab. */
export interface Session {
  readonly id: string
  /** Who is at the page, as said on this page: what an earlier page knew may have ended with a logout. */
  readonly userId: string | undefined
  /** Whether everything besides orders is traced in this session. */
  readonly isSampled: boolean
  /** Another id than before, or none after one, starts a new session: operators share terminals. */
  setUser(id: string | undefined): void
  /** The user agreed to storage: the session of the tab's earlier pages goes on, if it is the same user's. */
  adopt(): void
}

const KEY = 'ordertrace.session'

interface Stored {
  id: string
  /** Kept to notice that the next page has another user. */
  userId?: string
}

/** @param sampleRatio share of sessions in which everything besides orders is traced, 0 to 1 */
export function createSession(storage: Storage, sampleRatio: number): Session {
  let known: Stored | undefined
  // Asking the storage costs a tenth of the start: the first span asks.
  const stored = () => {
    known ??= read(storage) ?? write(storage, { id: randomHex(16) })
    return known
  }
  let userId: string | undefined
  return {
    get id() {
      return stored().id
    },
    get userId() {
      return userId
    },
    get isSampled() {
      // Drawn from the id, so the session's next pages decide alike with nothing more to remember.
      return Number.parseInt(stored().id.slice(0, 8), 16) < sampleRatio * 2 ** 32
    },
    adopt() {
      const earlier = read(storage)
      const isSameUser = earlier?.userId === undefined || userId === undefined || earlier.userId === userId
      const session = (isSameUser && earlier) || stored()
      known = write(storage, userId === undefined ? session : { ...session, userId })
    },
    setUser(id) {
      userId = id
      const before = stored()
      if (id === before.userId) return
      const session = { id: before.userId === undefined ? before.id : randomHex(16) }
      known = write(storage, id === undefined ? session : { ...session, userId: id })
    },
  }
}

function write(storage: Storage, session: Stored): Stored {
  storage.write(KEY, JSON.stringify(session))
  return session
}

/** Another script, or an older version of ours, may have written there. */
function read(storage: Storage): Stored | undefined {
  try {
    const { id, userId } = JSON.parse(storage.read(KEY) ?? '{}')
    if (!/^[\da-f]{32}$/.test(id)) return undefined
    return typeof userId === 'string' ? { id, userId } : { id }
  } catch {
    return undefined
  }
}
