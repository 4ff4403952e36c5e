import { expect, test } from '@playwright/test'
import { createBacklog } from '../../src/delivery/backlog'
import { createBreaker } from '../../src/delivery/breaker'
import { createFlushing } from '../../src/delivery/flushing'
import { createLeftBehind } from '../../src/delivery/left-behind'
import type { Waiting } from '../../src/delivery/waiting'
import { createTab } from '../support/tab-storage'

const HEAD = '{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"ordertrace"},"spans":['
const span = (spanId: string, isOrder = false): Waiting => ({ json: JSON.stringify({ spanId }), bytes: 10, isOrder })
const ids = (waiting: readonly Waiting[]) => waiting.map(({ json }) => JSON.parse(json).spanId).join('')

const global = globalThis as { document?: { prerendering?: boolean } }
const original = performance.now
test.beforeEach(() => {
  performance.now = () => 1000
  global.document = {}
})
test.afterEach(() => {
  performance.now = original
  delete global.document
})

/** A page that sends three spans at once, to a collector that is well; `meanwhile` comes before the answer. */
function open({ earlier = '' } = {}) {
  const tab = createTab()
  // Longer ago than the collector is believed of an order.
  if (earlier) createLeftBehind(tab, true, () => Date.now() - 1000).leave([span(earlier, true)], HEAD)
  const backlog = createBacklog(() => {})
  const breaker = createBreaker()
  const leftBehind = createLeftBehind(tab)
  const page = {
    backlog,
    breaker,
    mayLeave: true,
    sent: [] as string[],
    /** What earlier pages put away, request by request. */
    putAway: [] as string[],
    scheduled: [] as number[],
    failures: [] as unknown[],
    meanwhile: async () => {},
    add(ofOthers: string, ofOrders = '') {
      for (const id of ofOthers) backlog.add(span(id))
      for (const id of ofOrders) backlog.add(span(id, true))
    },
  }
  const flushing = createFlushing({
    backlog,
    breaker,
    leftBehind,
    dispatch: {
      async send(isLeaving) {
        page.sent.push(`${ids(backlog.take(30))}${isLeaving ? ' as it leaves' : ''}`)
        const { meanwhile } = page
        page.meanwhile = async () => {}
        await meanwhile()
        backlog.putBack(leftBehind.settle(true))
      },
      sendForLeaving() {},
      onTheWay: () => [],
      settleFailed() {},
      forget() {},
    },
    keeping: {
      putAway: () => true,
      async restore() {
        const restored = page.putAway.shift() ?? ''
        backlog.putBack([...restored].map((id) => span(id)))
        return restored.length
      },
      leaveCount() {},
    },
    schedule: { added() {}, soon() {}, within: (ms) => void page.scheduled.push(ms), stop() {} },
    maySend: () => page.mayLeave,
    onFailure: (error) => page.failures.push(error),
  })
  return Object.assign(page, { flushing })
}

test('batch after batch goes until all is sent that waited', async () => {
  const { add, flushing, sent, backlog } = open()
  add('abcdefg')
  await flushing.flush()
  expect([sent, backlog.size]).toEqual([['abc', 'def', 'g'], 0])
})

test('orders that end together go together', async () => {
  const { add, flushing, sent } = open()
  add('', 'O')
  const done = flushing.flush()
  // An order's function returns, and whoever waits for it ends another.
  for (let turn = 0; turn < 10; turn++) await undefined
  add('', 'P')
  await done
  expect(sent).toEqual(['OP'])
})

test('what comes meanwhile waits for its own time, unless it is an order or somebody asks for it', async () => {
  for (const [asks, order, expected] of [
    [false, '', ['abc']],
    [false, 'O', ['abc', 'Od']],
    [true, '', ['abc', 'd']],
  ] as const) {
    const page = open()
    page.add('abc')
    page.meanwhile = async () => {
      page.add('d', order)
      if (asks) void page.flushing.flush()
    }
    await page.flushing.flush()
    expect(page.sent).toEqual(expected)
  }
})

test('whoever flushes while it goes on waits for the same', async () => {
  const page = open()
  page.add('a')
  let isAnswered = false
  page.meanwhile = async () => {
    await new Promise((resolve) => setTimeout(resolve))
    isAnswered = true
  }
  expect(page.flushing.isOn).toBe(false)
  const both = [page.flushing.flush(), page.flushing.flush()]
  expect(page.flushing.isOn).toBe(true)
  await both[1]
  expect([isAnswered, page.flushing.isOn]).toEqual([true, false])
  expect(page.sent).toEqual(['a'])
})

test('a collector in doubt is left alone, and asked again when its time is over', async () => {
  const page = open()
  page.add('abcd')
  page.meanwhile = async () => page.breaker.failed({})
  await page.flushing.flush()
  expect(page.sent).toEqual(['abc'])
  expect(page.scheduled).toEqual([page.breaker.waitMs()])
  expect(page.scheduled[0]).toBeGreaterThan(0)
  await page.flushing.flush()
  expect(page.sent).toEqual(['abc'])
  page.breaker.succeeded()
  await page.flushing.flush()
  expect([page.sent, page.scheduled.length]).toEqual([['abc', 'd'], 2])
})

test('what earlier pages put away follows, and with it whatever waits by then', async () => {
  const page = open()
  page.putAway = ['uvw', 'xy']
  page.add('a')
  page.meanwhile = async () => page.add('b')
  await page.flushing.flush()
  expect([page.sent, page.backlog.size]).toEqual([['a', 'uvw', 'b', 'xy'], 0])
})

test('of what had no answer when the page before left the collector is asked first, though nothing waits', async () => {
  const page = open({ earlier: 'O' })
  page.putAway = ['u']
  await page.flushing.flush()
  expect(page.sent).toEqual(['', 'O', 'u'])
})

test('nothing is sent that may not be, from the moment on', async () => {
  const page = open()
  page.putAway = ['u']
  page.mayLeave = false
  page.add('abcd')
  await page.flushing.flush()
  expect(page.sent).toEqual([])
  page.mayLeave = true
  page.meanwhile = async () => {
    page.mayLeave = false
  }
  await page.flushing.flush()
  expect([page.sent, page.putAway]).toEqual([['abc'], ['u']])
})

test('a failure is ours alone, and the next time it is sent', async () => {
  const page = open()
  const failure = new Error('ours')
  page.meanwhile = () => Promise.reject(failure)
  page.add('abcd')
  await page.flushing.flush()
  expect([page.failures, page.flushing.isOn, page.sent]).toEqual([[failure], false, ['abc']])
  await page.flushing.flush()
  expect([page.failures.length, page.sent]).toEqual([1, ['abc', 'd']])
})

test('a page that makes no span looks back: at once for what had no answer, else soon', async () => {
  for (const [earlier, mayLeave, prerendering, expected] of [
    ['O', true, false, [['', 'O'], []]],
    ['', true, false, [[], [5000]]],
    ['O', false, false, [[], []]],
    ['', false, false, [[], []]],
    ['O', true, true, [[], []]],
  ] as const) {
    global.document = { prerendering }
    const page = open({ earlier })
    page.mayLeave = mayLeave
    page.flushing.lookBack()
    while (page.flushing.isOn) await new Promise((resolve) => setTimeout(resolve))
    expect([page.sent, page.scheduled]).toEqual(expected)
  }
})
