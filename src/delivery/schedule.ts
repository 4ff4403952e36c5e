/** When to send. */
export interface Schedule {
  /** A span was added; so many bytes wait now. */
  added(bytes: number): void
  /** An order ended while others were on their way. */
  soon(): void
  within(ms: number): void
  stop(): void
}

/** Long enough to gather a page's spans into one request, short enough to find a trace while the customer is on the phone. */
const ORDINARY_MS = 5000
/** Spans that follow an order's end, such as that of its last request, still go with it. */
const AFTER_ORDER_MS = 200

/** @param manyBytes fill a request: nothing is gained by waiting */
export function createSchedule(manyBytes: number, send: () => void): Schedule {
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
    added: (bytes) => within(bytes >= manyBytes ? 0 : ORDINARY_MS),
    soon: () => within(AFTER_ORDER_MS),
    stop: () => clearTimeout(timer),
  }
}
