import { expect, test } from '@playwright/test'
import { createLastGasp } from '../../src/delivery/last-gasp'
import { describeRequests } from '../../src/delivery/sender'
import type { Waiting } from '../../src/delivery/waiting'

const KIB = 1024
const REQUESTS = describeRequests('https://collector.example/v1/traces')

const global = globalThis as { window?: object }
test.afterEach(() => {
  delete global.window
})

interface Laid {
  body: string
  activated: boolean
  isAborted: boolean
}

/** A browser with deferred fetch: what was laid ready there, and by which error it refuses more. */
function createBrowser() {
  const browser: { laid: Laid[]; refusal: string | undefined } = { laid: [], refusal: undefined }
  const fetchLater = (_url: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    if (browser.refusal) throw new DOMException('', browser.refusal)
    const laid = { body, activated: false, isAborted: false }
    signal.addEventListener('abort', () => {
      laid.isAborted = true
    })
    browser.laid.push(laid)
    return laid
  }
  return Object.assign(browser, {
    window: { fetchLater, queueMicrotask },
    lying: () => browser.laid.filter(({ activated, isAborted }) => !activated && !isAborted).map(({ body }) => body),
  })
}

/** The last gasp of a page in such a browser, and what waits there. */
function open(window: object = { queueMicrotask }) {
  const page: { waiting: Waiting[]; failures: unknown[] } = { waiting: [], failures: [] }
  const guard = <T>(_place: string, work: () => T) => {
    try {
      return work()
    } catch (error) {
      page.failures.push((error as Error).name)
      return undefined
    }
  }
  global.window = window
  const lastGasp = createLastGasp({
    ...REQUESTS,
    guard,
    waiting: () => page.waiting,
    encode: (waiting) => waiting.map(({ json }) => json).join(' '),
  })
  return Object.assign(page, { lastGasp })
}

const span = (json: string, bytes = 100): Waiting => ({ json, bytes, isOrder: true })
const names = (waiting: Iterable<Waiting>) => [...waiting].map(({ json }) => json)

test('what waits lies ready before the next task, once, however many orders end', async () => {
  const browser = createBrowser()
  const { lastGasp, waiting } = open(browser.window)
  for (const name of ['a', 'b', 'c']) {
    waiting.push(span(name))
    lastGasp.layReadyNow()
  }
  await undefined
  expect(browser.laid.map(({ body }) => body)).toEqual(['a b c'])
})

test('what waits now lies there in place of what lay there', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  page.waiting = [span('a')]
  page.lastGasp.layReadyNow()
  await undefined
  page.waiting = [span('a'), span('b')]
  page.lastGasp.layReadyNow()
  await undefined
  expect(browser.lying()).toEqual(['a b'])
  expect([...page.lastGasp.takeBack()]).toEqual([])
  expect(browser.lying()).toEqual([])
})

test('what need not be safe at once lies ready a second later, unless it was taken back', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  const timers = new Map<object, () => void>()
  const { setTimeout, clearTimeout } = globalThis
  Object.assign(globalThis, {
    setTimeout(work: () => void, ms: number) {
      expect(ms).toBe(1000)
      const timer = {}
      timers.set(timer, work)
      return timer
    },
    clearTimeout: (timer: object) => timers.delete(timer),
  })
  try {
    page.waiting = [span('a')]
    page.lastGasp.layReadySoon()
    page.lastGasp.takeBack()
    expect(timers.size).toBe(0)
    page.lastGasp.layReadySoon()
    page.lastGasp.layReadySoon()
    expect([timers.size, browser.lying()]).toEqual([1, []])
    for (const work of timers.values()) work()
    expect(browser.lying()).toEqual(['a'])
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout })
  }
})

test('what the browser has sent already is told by whoever takes it back, and not laid ready anew', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  page.waiting = [span('a')]
  page.lastGasp.layReadyNow()
  await undefined
  for (const laid of browser.laid) laid.activated = true
  page.waiting = [span('a'), span('b')]
  page.lastGasp.layReadyNow()
  await undefined
  expect(browser.laid).toHaveLength(1)
  expect(names(page.lastGasp.takeBack())).toEqual(['a'])
  expect(names(page.lastGasp.takeBack())).toEqual([])
})

test('as much lies ready as leaves room for the page’s own', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  page.waiting = ['a', 'b', 'c'].map((name) => span(name, 20 * KIB))
  page.lastGasp.layReadyNow()
  await undefined
  expect(browser.lying()).toEqual(['a b'])
})

test('a browser that will never have it is not asked again, one that has no room now is', async () => {
  for (const [refusal, laid] of [
    ['NotAllowedError', []],
    ['QuotaExceededError', ['a']],
  ] as const) {
    const browser = createBrowser()
    const page = open(browser.window)
    page.waiting = [span('a')]
    browser.refusal = refusal
    page.lastGasp.layReadyNow()
    await undefined
    expect(page.failures).toEqual([refusal])
    browser.refusal = undefined
    page.lastGasp.layReadyNow()
    await undefined
    expect(browser.lying()).toEqual(laid)
    expect(names(page.lastGasp.layBeside([span('b')]))).toEqual(laid.length > 0 ? ['b'] : [])
  }
})

test('a page that goes leaves what lies ready to the browser, and lays beside it what there is room for', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  page.waiting = [span('a', 30 * KIB)]
  page.lastGasp.layReadyNow()
  await undefined
  expect(names(page.lastGasp.leave())).toEqual(['a'])
  expect(names(page.lastGasp.layBeside([span('b', 10 * KIB), span('c', 10 * KIB)]))).toEqual(['b'])
  // To take it back now would come too late.
  expect(names(page.lastGasp.takeBack())).toEqual([])
  page.lastGasp.layReadyNow()
  await undefined
  expect(browser.lying()).toEqual(['a', 'b'])
})

test('a page that comes back takes back what the browser has not sent, and lays ready as before', async () => {
  const browser = createBrowser()
  const page = open(browser.window)
  page.waiting = [span('a')]
  page.lastGasp.layReadyNow()
  await undefined
  page.lastGasp.leave()
  page.lastGasp.layBeside([span('b')])
  const [first] = browser.laid
  if (first) first.activated = true
  expect(names(page.lastGasp.comeBack())).toEqual(['a'])
  expect(browser.lying()).toEqual([])
  page.waiting = [span('c')]
  page.lastGasp.layReadyNow()
  await undefined
  expect(browser.lying()).toEqual(['c'])
})

test('without deferred fetch nothing lies ready, and nothing fails', async () => {
  const page = open()
  page.waiting = [span('a')]
  page.lastGasp.layReadyNow()
  page.lastGasp.layReadySoon()
  await undefined
  expect(names(page.lastGasp.leave())).toEqual([])
  expect(names(page.lastGasp.layBeside([span('b')]))).toEqual([])
  expect(names(page.lastGasp.comeBack())).toEqual([])
  expect(page.failures).toEqual([])
})
