import { expect, test } from '@playwright/test'
import { createOutbox } from '../../src/delivery/outbox'
import type { Waiting } from '../../src/delivery/waiting'

const HEAD = '{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"ordertrace"},"spans":['
const MOST = 48 * 1024
const span = (spanId: string, isOrder = false, characters = 0): Waiting => {
  const json = JSON.stringify({ spanId, note: 'x'.repeat(characters) })
  return { json, bytes: json.length, isOrder }
}
const ids = (waiting: readonly Waiting[]) => waiting.map(({ json }) => JSON.parse(json).spanId).join('')

const { now } = Date
const global = ['localStorage', 'navigator'] as const
const originals = global.map((name) => Object.getOwnPropertyDescriptor(globalThis, name))
const set = (name: (typeof global)[number], value: unknown) =>
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
test.afterEach(() => {
  Date.now = now
  for (const [index, name] of global.entries()) {
    Reflect.deleteProperty(globalThis, name)
    const original = originals[index]
    if (original) Object.defineProperty(globalThis, name, original)
  }
})

/** A tab of a browser; `locks` as in a page that is no secure context if not given. */
function open(locks?: object) {
  const values: Record<string, string> = {}
  const methods = {
    getItem: (key: string) => values[key] ?? null,
    setItem(key: string, value: string) {
      values[key] = value
    },
    removeItem: (key: string) => void delete values[key],
  }
  const storage = new Proxy(values, { get: (_, key) => Reflect.get(methods, key) ?? Reflect.get(values, key) })
  set('localStorage', storage)
  set('navigator', { locks })
  const page = { values, methods, failures: 0, mayStore: true, dropped: [] as unknown[] }
  const outbox = createOutbox({
    guard(_, work) {
      try {
        return work()
      } catch {
        page.failures++
        return undefined
      }
    },
    mayStore: () => page.mayStore,
    onDrop: (...drop) => page.dropped.push(drop),
  })
  return Object.assign(page, { outbox })
}

test('orders are taken first, then the oldest, as much as was asked for, and each once', async () => {
  const { outbox } = open()
  for (const [time, other, order] of [
    [2_000_000_000_000, 'b', 'B'],
    [1_999_999_999_999, 'a', 'A'],
  ] as const) {
    Date.now = () => time
    outbox.put([span(other), span(order, true)], HEAD)
  }
  expect(ids(await outbox.take(1))).toBe('A')
  expect(ids(await outbox.take(MOST))).toBe('Bab')
  expect(await outbox.take(MOST)).toEqual([])
})

test('a span comes back with who made it, when it was first put away, and no more often than that', async () => {
  const { outbox } = open()
  Date.now = () => 2_000_000_000_000
  const original = { ...span('a'), head: HEAD.replace('ordertrace', 'another') }
  expect(outbox.put([original, span('b', true)], HEAD)).toHaveLength(2)
  Date.now = () => 2_000_000_001_000
  const all = await outbox.take(MOST)
  expect(all.map(({ head, at, isOrder }) => [head, at, isOrder])).toEqual([
    [HEAD, 2_000_000_000_000, true],
    [original.head, 2_000_000_000_000, false],
  ])
  // Put away again it is as old as before: it would never be too old.
  outbox.put([...all, span('c')], HEAD)
  expect((await outbox.take(MOST)).map(({ at }) => at)).toEqual([
    2_000_000_000_000, 2_000_000_000_000, 2_000_000_001_000,
  ])
})

test('what is too much is dropped and counted by whole entries: others first, the oldest of each', async () => {
  const { outbox, dropped } = open()
  const time = 2_000_000_000_000
  for (const [index, [id, isOrder]] of (
    [
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
    ] as const
  ).entries()) {
    Date.now = () => time + index
    expect(ids(outbox.put([span(id, isOrder, 80 * 1024)], HEAD))).toBe(id)
  }
  expect(dropped).toEqual([['outbox-full', 1, true]])
  expect(ids(await outbox.take(1e6))).toBe('acd')
})

test('of what was put away at once the oldest goes, and not much more than has to', async () => {
  const { outbox, dropped } = open()
  outbox.put(
    Array.from({ length: 300 }, (_, index) => span(`${index} `, false, 1000)),
    HEAD,
  )
  const kept = ids(await outbox.take(1e6))
    .trim()
    .split(' ')
    .map(Number)
  expect(kept.length).toBeGreaterThan(210)
  expect(kept).toEqual(kept.map((_, index) => 300 - kept.length + index))
  const counted = dropped.map((drop) => (drop as [string, number])[1])
  expect(counted.reduce((sum, spans) => sum + spans)).toBe(300 - kept.length)
})

test('what is over three days old, or of a clock that went wrong, is dropped and counted', async () => {
  const { outbox, dropped } = open()
  const days = (number: number) => 2_000_000_000_000 + number * 24 * 3600_000
  for (const [id, day] of [
    ['a', 0.9],
    ['b', 1.1],
    ['c', 6.9],
    ['d', 7.1],
  ] as const) {
    Date.now = () => days(day)
    outbox.put([span(id)], HEAD)
  }
  Date.now = () => days(4)
  expect(ids(await outbox.take(MOST))).toBe('bc')
  const tooOld = ['too-old', 1, true]
  expect(dropped).toEqual([tooOld, tooOld])
})

test('what a newer version wrote is left to it', async () => {
  const { outbox, values, dropped } = open()
  const newer = '{"v":2,"spans":"in some other way"}'
  values['ordertrace.outbox.1.2000000000000.10000.a'] = newer
  outbox.put([span('a')], HEAD)
  expect(ids(await outbox.take(MOST))).toBe('a')
  expect([Object.values(values), dropped]).toEqual([[newer], []])
})

test('the next page hears how many spans the pages before dropped, once', async () => {
  const { outbox, dropped } = open()
  expect([outbox.leaveCount(2), outbox.leaveCount(3)]).toEqual([true, true])
  for (let twice = 0; twice < 2; twice++) await outbox.take(MOST)
  expect(dropped).toEqual([['on-an-earlier-page', 5, true]])
})

test('where nothing may be stored nothing is touched, and where it is blocked no more than once', async () => {
  for (const mayStore of [false, true]) {
    const page = open()
    page.mayStore = mayStore
    let touched = 0
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        touched++
        throw new DOMException('blocked', 'SecurityError')
      },
    })
    expect([page.outbox.leaveCount(1), await page.outbox.take(MOST), page.outbox.put([span('a')], HEAD)]).toEqual([
      false,
      [],
      [],
    ])
    expect([touched, page.failures]).toEqual(mayStore ? [1, 1] : [0, 0])
  }
})

test('of a storage that gets full what is kept is said, and it is tried again', async () => {
  const page = open()
  const { setItem } = page.methods
  let room = 1
  page.methods.setItem = (key, value) => {
    if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError')
    setItem(key, value)
  }
  expect(ids(page.outbox.put([span('a', true), span('b')], HEAD))).toBe('a')
  room = 9
  expect(ids(page.outbox.put([span('b')], HEAD))).toBe('b')
  expect(ids(await page.outbox.take(MOST))).toBe('ab')
})

test('a storage that is too full for the count of dropped spans is not given up', async () => {
  const page = open()
  const { setItem } = page.methods
  page.methods.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(page.outbox.leaveCount(3)).toBe(false)
  page.methods.setItem = setItem
  expect(page.outbox.leaveCount(3)).toBe(true)
  expect(ids(page.outbox.put([span('a')], HEAD))).toBe('a')
  expect(ids(await page.outbox.take(MOST))).toBe('a')
})

test('one tab at a time takes, and has its turn until the others can see what it took', async () => {
  let begin = () => {}
  const began = new Promise<void>((resolve) => {
    begin = resolve
  })
  let isOver = false
  let asked = 0
  const page = open({
    async request(_: string, __: object, work: () => Promise<void>) {
      asked++
      await began
      await work()
      isOver = true
    },
  })
  // Where there is nothing to take nobody waits for a turn.
  expect([await page.outbox.take(MOST), asked]).toEqual([[], 0])
  page.outbox.put([span('a')], HEAD)
  const taken = page.outbox.take(MOST)
  for (let turn = 0; turn < 20; turn++) await undefined
  expect(Object.keys(page.values)).toHaveLength(1)
  begin()
  expect(ids(await taken)).toBe('a')
  expect([Object.keys(page.values), isOver]).toEqual([[], false])
  await expect.poll(() => isOver).toBe(true)
})

test('whose turn does not come takes nothing, and leaves it there', async () => {
  const page = open({ request: () => Promise.reject(new DOMException('', 'TimeoutError')) })
  page.outbox.put([span('a')], HEAD)
  expect(await page.outbox.take(MOST)).toEqual([])
  expect(Object.keys(page.values)).toHaveLength(1)
})

test('all of ours is thrown away, and what is the page’s stays', () => {
  const { outbox, values } = open()
  values['page.own'] = 'x'
  outbox.put([span('a'), span('b', true)], HEAD)
  outbox.leaveCount(1)
  expect(Object.keys(values)).toHaveLength(4)
  outbox.clear()
  expect(Object.keys(values)).toEqual(['page.own'])
})
