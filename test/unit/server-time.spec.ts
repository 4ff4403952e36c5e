import { expect, test } from '@playwright/test'
import { createServerTime } from '../../src/page/server-time'

const TRUE_NOW = Date.UTC(2026, 3, 5, 12, 0, 0, 400)

/** A device whose clock is wrong by so much, and what a server tells it. */
function device(wrongByMs: number) {
  let now = TRUE_NOW
  let shifts = 0
  const clock = { now: () => now + wrongByMs, at: (time: number) => time }
  const serverTime = createServerTime(clock, () => shifts++)
  return {
    serverTime,
    get shifts() {
      return shifts
    },
    pass: (ms: number) => {
      now += ms
    },
    /** The server reads its clock halfway. */
    hear(tell: (serverNow: number) => Record<string, string>, wayMs: number) {
      const sentAt = clock.now()
      now += wayMs / 2
      const headers = tell(now)
      now += wayMs / 2
      serverTime.heard((name) => headers[name], sentAt)
    },
  }
}
const date = (at: number) => ({ date: new Date(at).toUTCString() })
const timing = (at: number) => ({ 'server-timing': `db;dur=12, now;dur=${at}, cache` })

for (const hours of [-30, -3, 3, 30]) {
  const wrongBy = hours * 3600_000
  test(`a clock that is ${hours} h wrong is known within a second from a Date header, and closer from several`, () => {
    const it = device(wrongBy)
    expect(it.serverTime.shiftMs).toBe(0)
    it.hear(date, 80)
    const first = Math.abs(it.serverTime.shiftMs + wrongBy)
    expect(first).toBeLessThanOrEqual(1000)
    for (let i = 0; i < 20; i++) {
      it.pass(370)
      it.hear(date, 80)
    }
    expect(Math.abs(it.serverTime.shiftMs + wrongBy)).toBeLessThanOrEqual(1000)
  })

  test(`a clock that is ${hours} h wrong is known within half the way from Server-Timing`, () => {
    const it = device(wrongBy)
    it.hear(timing, 600)
    expect(Math.abs(it.serverTime.shiftMs + wrongBy)).toBeLessThanOrEqual(300)
    expect(it.shifts).toBe(1)
  })
}

test('nothing is shifted by guess', () => {
  const slow = device(-3 * 3600_000)
  slow.hear(date, 5000)
  expect(slow.serverTime.shiftMs, 'an answer that was long on its way').toBe(0)
  slow.hear(() => ({}), 80)
  slow.hear(() => ({ date: 'yesterday' }), 80)
  slow.hear(() => ({ 'server-timing': 'now;desc="x", know;dur=12' }), 80)
  expect([slow.serverTime.shiftMs, slow.shifts]).toEqual([0, 0])
  slow.hear(date, 80)
  expect(slow.shifts, 'and it would have been heard').toBe(1)
})

test('what devices are wrong by every day is left alone', () => {
  for (const wrongBy of [-900, 0, 900]) {
    const it = device(wrongBy)
    for (let i = 0; i < 20; i++) {
      it.pass(370)
      it.hear(date, 80)
    }
    expect([it.serverTime.shiftMs, it.shifts]).toEqual([0, 0])
  }
})
