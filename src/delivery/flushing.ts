import type { Backlog } from './backlog'
import type { Breaker } from './breaker'
import type { Dispatch } from './dispatch'
import type { Keeping } from './keeping'
import type { LeftBehind } from './left-behind'
import type { Schedule } from './schedule'
import type { Waiting } from './waiting'

/** Sends batch after batch until all is sent that waited, or the collector has to be left alone for a while. */
export interface Flushing {
  readonly isOn: boolean
  /** Joins the one that is going on. */
  flush(): Promise<void>
  /** Sends what earlier pages left, though this one makes no span: at once what had no answer, the rest soon. */
  lookBack(): void
}

export interface FlushingParts {
  backlog: Backlog
  breaker: Breaker
  dispatch: Dispatch
  keeping: Keeping
  leftBehind: LeftBehind
  schedule: Schedule
  maySend(): boolean
  onFailure(error: unknown): void
}

const LOOK_BACK_MS = 5000
/** Of microtasks: so many an order's own function takes to return, and whoever waits for it to go on. */
const TURNS = 16

export function createFlushing(parts: FlushingParts): Flushing {
  const { backlog, breaker, dispatch, keeping, leftBehind, schedule } = parts
  let running: Promise<void> | undefined
  /** What comes meanwhile is none of these and waits for its own time, or a page that polls would send at each answer. */
  let due: ReadonlySet<Waiting> = new Set()
  const isDue = () => leftBehind.isOpen || backlog.all().some((waiting) => waiting.isOrder || due.has(waiting))
  const sendAll = async () => {
    // Orders that end together go together.
    for (let turn = 0; turn < TURNS; turn++) await undefined
    while (parts.maySend()) {
      // Read once: were it over at a second look, nothing would be sent and nobody would come back.
      const waitMs = breaker.waitMs()
      if (waitMs > 0) return schedule.within(waitMs)
      // With nothing to send, an empty request asks how the collector is: first, for what it was asked for is the time before.
      if (!isDue()) {
        if ((await keeping.restore()) === 0) return
        due = new Set(backlog.all())
      }
      await dispatch.send(false)
    }
  }
  const flush = () => {
    due = new Set(backlog.all())
    running ??= sendAll()
      .catch(parts.onFailure)
      .finally(() => {
        running = undefined
      }) as Promise<void>
    return running
  }
  return {
    get isOn() {
      return running !== undefined
    },
    flush,
    lookBack() {
      // A page that is prerendered has no storage of the tab yet; once shown, it has a span to send.
      if (!parts.maySend() || (document as { prerendering?: boolean }).prerendering) return
      if (leftBehind.isOpen) void flush()
      else schedule.within(LOOK_BACK_MS)
    },
  }
}
