import { expect, test } from '@playwright/test'
import { createSchedule } from '../../src/delivery/schedule'

const MANY_BYTES = 1000

interface Page {
  schedule: ReturnType<typeof createSchedule>
  /** At what times it sent. */
  sent: number[]
  pass(ms: number): void
}

/** Runs `work` in a time that passes only when it says so. */
function inItsOwnTime(work: (page: Page) => void, onSend: (page: Page) => void = () => {}) {
  const { setTimeout, clearTimeout } = globalThis
  const { now } = performance
  const timers = new Map<object, { at: number; run: () => void }>()
  let time = 0
  Object.assign(globalThis, {
    setTimeout(run: () => void, ms: number) {
      const timer = {}
      timers.set(timer, { at: time + ms, run })
      return timer
    },
    clearTimeout: (timer: object) => timers.delete(timer),
  })
  performance.now = () => time
  const sent: number[] = []
  const page: Page = {
    sent,
    schedule: createSchedule(MANY_BYTES, () => {
      sent.push(time)
      onSend(page)
    }),
    pass(ms) {
      const end = time + ms
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)
        if (!next) break
        const [timer, { at, run }] = next
        timers.delete(timer)
        time = at
        run()
      }
      time = end
    },
  }
  try {
    work(page)
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout })
    performance.now = now
  }
}

test('an earlier time replaces a later one, and a later one does not replace an earlier', () => {
  inItsOwnTime(({ schedule, sent, pass }) => {
    schedule.within(1000)
    pass(100)
    schedule.within(300)
    pass(100)
    schedule.within(700)
    pass(10_000)
    expect(sent).toEqual([400])
  })
})

test('spans gather for five seconds from the first of them', () => {
  inItsOwnTime(({ schedule, sent, pass }) => {
    for (const bytes of [1, 500, MANY_BYTES - 1]) {
      schedule.added(bytes)
      pass(1000)
    }
    pass(10_000)
    expect(sent).toEqual([5000])
  })
})

test('as many as fill a request wait no longer, but are not sent within the page’s own task', () => {
  inItsOwnTime(({ schedule, sent, pass }) => {
    schedule.added(1)
    pass(1000)
    schedule.added(MANY_BYTES)
    expect(sent).toEqual([])
    pass(10_000)
    expect(sent).toEqual([1000])
  })
})

test('an order that ended goes soon, with the spans that follow its end', () => {
  inItsOwnTime(({ schedule, sent, pass }) => {
    schedule.added(1)
    pass(1000)
    schedule.soon()
    schedule.added(2)
    pass(10_000)
    expect(sent).toEqual([1200])
  })
})

test('what comes after something was sent, or while it is, has a time of its own', () => {
  inItsOwnTime(
    ({ schedule, sent, pass }) => {
      schedule.within(300)
      pass(400)
      expect(sent).toEqual([300])
      pass(4900)
      expect(sent).toEqual([300, 5300])
    },
    ({ schedule, sent }) => {
      if (sent.length === 1) schedule.added(1)
    },
  )
})

test('stopped, it does not send', () => {
  inItsOwnTime(({ schedule, sent, pass }) => {
    schedule.within(300)
    pass(200)
    schedule.stop()
    pass(10_000)
    expect(sent).toEqual([])
  })
})
