/** When to send. */
export interface Schedule {
  /** A span was added; `waiting` spans wait now. */
  added(waiting: number): void
  /** An order ended. */
  soon(): void
  within(ms: number): void
  stop(): void
}

/** Long enough to gather a page's spans into one request, short enough to find a trace while the customer is on the phone. */
const ORDINARY_MS = 5000
/** Spans that follow an order's end, such as that of its last request, still go with it. */
const AFTER_ORDER_MS = 200
/** About 15 kB: fits one request that may outlive the page. */
const MANY = 24

export function createSchedule(send: () => void): Schedule {
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = Number.POSITIVE_INFINITY
  const within = (ms: number) => {
    const at = performance.now() + ms
    if (timer !== undefined && due <= at) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(() => {
      timer = undefined
      send()
    }, ms)
  }
  return {
    within,
    added: (waiting) => within(waiting >= MANY ? 0 : ORDINARY_MS),
    soon: () => within(AFTER_ORDER_MS),
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
