import { expect, test } from '@playwright/test'
import { createBacklog } from '../../src/delivery/backlog'
import type { Batch } from '../../src/delivery/dispatch'
import { createLeaving } from '../../src/delivery/leaving'
import { createLeftBehind } from '../../src/delivery/left-behind'
import type { Waiting } from '../../src/delivery/waiting'
import { createTab } from '../support/tab-storage'

const HEAD = '{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"ordertrace"},"spans":['
const span = (spanId: string): Waiting => ({ json: JSON.stringify({ spanId }), bytes: 100, isOrder: true })
const ids = (waiting: Iterable<Waiting>) => [...waiting].map(({ json }) => JSON.parse(json).spanId)

/** A page that goes away: its backlog and what it leaves behind are real, what leaves it is written down. */
function open() {
  const tab = createTab()
  const onTheWay = new Set<Batch>()
  const backlog = createBacklog(() => {})
  const page = {
    tab,
    backlog,
    canSend: true,
    hasStorage: true,
    /** How many batches the keepalive quota has room for. */
    room: 1,
    /** How many spans may lie ready besides. */
    roomBeside: 0,
    ready: [] as Waiting[],
    sentByBrowser: [] as Waiting[],
    sent: [] as string[],
    putAway: [] as string[],
    told: 0,
    settledBefore: [] as number[],
    tookBack: 0,
    add: (...spans: string[]) => {
      for (const id of spans) backlog.add(span(id))
    },
    /** @param ago since it was sent, ms; not yet if not given */
    send(id: string, { ago, isKept = true }: { ago?: number; isKept?: boolean } = {}): Batch {
      const sentAt = ago === undefined ? {} : { sentAt: performance.now() - ago }
      const batch: Batch = { waiting: [span(id)], dropped: 0, isKept, ...sentAt }
      onTheWay.add(batch)
      return batch
    },
    onTheWay: () => ids([...onTheWay].flatMap(({ waiting }) => waiting)),
    /** What the next page would find. */
    left: () => ids(createLeftBehind(tab).settle(false)),
  }
  const leftBehind = createLeftBehind(tab)
  const leaving = createLeaving({
    backlog,
    leftBehind,
    head: HEAD,
    canSend: () => page.canSend,
    maySend: () => true,
    onSent: (spans) => {
      page.told += spans
    },
    takeBackLastGasp() {
      page.tookBack++
      page.ready = []
    },
    dispatch: {
      send: async () => {},
      sendForLeaving(may) {
        for (; page.room > 0 && backlog.size > 0 && may(); page.room--) {
          const waiting = backlog.take(150)
          page.sent.push(...ids(waiting))
          onTheWay.add({ waiting, dropped: 0, isKept: true, sentAt: performance.now() })
        }
      },
      onTheWay: () => [...onTheWay],
      settleFailed: (before) => void page.settledBefore.push(before),
      forget: (batch) => void onTheWay.delete(batch),
    },
    lastGasp: {
      layReadyNow() {},
      layReadySoon() {},
      takeBack: () => new Set(),
      leave: () => new Set(page.ready),
      layBeside: (rest) => new Set(rest.slice(0, page.roomBeside)),
      comeBack: () => new Set(page.sentByBrowser),
    },
    keeping: {
      putAway(waiting) {
        if (!page.hasStorage) return waiting.length === 0
        page.putAway.push(...ids(waiting))
        backlog.remove(new Set(waiting))
        return true
      },
      restore: async () => 0,
      leaveCount() {},
    },
  })
  return Object.assign(page, { leaving })
}

/** Each page is one of its own, unless a frame. */
const global = globalThis as { window?: { parent?: unknown } }
test.beforeEach(() => {
  global.window = {}
  global.window.parent = global.window
})
test.afterEach(() => {
  delete global.window
})

test('a navigation that begins sends what waits, and what is still being compressed, as far as there is room', () => {
  const page = open()
  page.send('compressed')
  page.send('sent', { ago: 10 })
  page.add('waiting')
  page.leaving.sendNow()
  expect(page.sent).toEqual(['compressed'])
  expect(page.onTheWay()).toEqual(['sent', 'compressed'])
  expect(ids(page.backlog.all())).toEqual(['waiting'])
  expect(page.putAway).toEqual([])
})

test('a page in the background sends what it may, and puts the rest away where any page finds it', () => {
  const page = open()
  page.ready = [span('a')]
  page.add('a', 'b')
  page.leaving.sendHidden()
  expect([page.sent, page.putAway, page.tookBack]).toEqual([['a'], ['b'], 1])
  expect(page.backlog.size).toBe(0)
})

test('a page that goes leaves to the next one what has no answer yet, and what the browser sends', () => {
  const page = open()
  const answeredSoon = page.send('on the way', { ago: 10 })
  page.ready = [span('ready')]
  page.backlog.add(page.ready[0] as Waiting)
  page.add('waiting', 'beside', 'too much')
  page.roomBeside = 1
  page.leaving.sendLast(7)
  expect(page.settledBefore).toEqual([7])
  expect(page.sent).toEqual(['waiting'])
  expect(page.putAway).toEqual(['too much'])
  expect(page.tookBack).toBe(0)
  expect(answeredSoon.wasLeft).toBe(true)
  expect(page.left()).toEqual(['on the way', 'waiting', 'ready', 'beside'])
})

test('what would end with the page goes anew, so that it outlives it', () => {
  const page = open()
  page.room = 2
  page.send('too large for the quota', { ago: 10, isKept: false })
  page.send('compressed', { isKept: false })
  page.leaving.sendLast(0)
  expect(page.sent).toEqual(['compressed', 'too large for the quota'])
  expect(page.putAway).toEqual([])
})

test('where a request hangs nothing more is sent: all of it is put away, once', () => {
  const page = open()
  page.send('hanging', { ago: 5000 })
  page.send('younger', { ago: 10 })
  page.ready = [span('ready')]
  page.add('waiting')
  page.roomBeside = 9
  page.leaving.sendLast(0)
  expect([page.sent, page.putAway, page.tookBack]).toEqual([[], ['hanging', 'waiting'], 1])
  expect(page.left()).toEqual(['younger'])
})

test('what went out just before the collector refused another is put away, since it is most likely refused too', () => {
  const page = open()
  page.send('unanswered', { ago: 10 })
  page.canSend = false
  page.leaving.sendLast(0)
  expect([page.putAway, page.onTheWay(), page.left()]).toEqual([['unanswered'], [], []])
})

test('to a collector that is down nothing is sent, unless nothing can be kept either', () => {
  for (const hasStorage of [true, false]) {
    const page = open()
    page.canSend = false
    page.hasStorage = hasStorage
    page.add('a')
    page.leaving.sendLast(0)
    expect([page.sent, page.putAway]).toEqual(hasStorage ? [[], ['a']] : [['a'], []])
  }
})

test('a frame does not take what is cut off for what has failed', () => {
  global.window = { parent: {} }
  const page = open()
  page.leaving.sendLast(7)
  expect(page.settledBefore).toEqual([])
})

test('what an answer leaves waiting is put away only by a page that has gone', () => {
  const page = open()
  page.add('a')
  page.leaving.answered()
  expect(page.putAway).toEqual([])
  page.canSend = false
  page.leaving.sendLast(0)
  page.add('b')
  page.leaving.answered()
  expect(page.putAway).toEqual(['a', 'b'])
  page.leaving.comeBack()
  page.add('c')
  page.leaving.answered()
  expect(page.putAway).toEqual(['a', 'b'])
})

test('a page that comes back goes on with what the browser has not sent, unless a page between has taken it over', () => {
  for (const isTakenOver of [false, true]) {
    const page = open()
    page.room = 0
    page.roomBeside = 2
    page.add('sent', 'not sent')
    const all = page.backlog.all()
    page.leaving.sendLast(0)
    expect(page.backlog.size).toBe(0)
    if (isTakenOver) expect(page.left()).toEqual(['sent', 'not sent'])
    page.sentByBrowser = all.slice(0, 1)
    page.leaving.comeBack()
    expect(page.told).toBe(1)
    expect(ids(page.backlog.all())).toEqual(isTakenOver ? [] : ['not sent'])
    expect(page.left()).toEqual([])
  }
})
