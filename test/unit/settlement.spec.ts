import { expect, test } from '@playwright/test'
import { createBacklog } from '../../src/delivery/backlog'
import { createBreaker, type Failure } from '../../src/delivery/breaker'
import { createCounts } from '../../src/delivery/counts'
import type { Batch } from '../../src/delivery/dispatch'
import type { Verdict } from '../../src/delivery/judge'
import { createLeftBehind } from '../../src/delivery/left-behind'
import { createSettlement } from '../../src/delivery/settlement'
import type { Waiting } from '../../src/delivery/waiting'
import { createTab } from '../support/tab-storage'

const HEAD = '{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"ordertrace"},"spans":['
const span = (spanId: string, isOrder = true): Waiting => ({ json: JSON.stringify({ spanId }), bytes: 10, isOrder })
const ids = (waiting: readonly Waiting[]) => waiting.map(({ json }) => JSON.parse(json).spanId).join('')

const SENT: Verdict = { fate: 'sent', rejectedSpans: 0 }
const AGAIN: Verdict = { fate: 'again' }
const SILENT: Failure = { isUnreachable: true }
const later = (failure: Failure): Verdict => ({ fate: 'later', failure })
const refused = (status: number, isEnd: boolean): Verdict => ({ fate: 'refused', status, isEnd })

const original = performance.now
test.beforeEach(() => {
  performance.now = () => 1000
})
test.afterEach(() => {
  performance.now = original
})

/** A page on which `w` waits; all but its timer and its console is real. @param earlier what the page before left unanswered */
function open(...earlier: Waiting[]) {
  const tab = createTab()
  // Longer ago than the collector is believed of an order.
  if (earlier.length > 0) createLeftBehind(tab, true, () => Date.now() - 1000).leave(earlier, HEAD)
  const page = {
    tab,
    backlog: createBacklog(() => {}),
    breaker: createBreaker(),
    counts: createCounts(),
    leftBehind: createLeftBehind(tab),
    scheduled: [] as number[],
    said: [] as string[],
    waiting: () => ids(page.backlog.all()),
  }
  page.backlog.add(span('w'))
  const settlement = createSettlement({
    ...page,
    report: { misuse() {}, debug: (message) => void page.said.push(message) },
    schedule: { added() {}, soon() {}, within: (ms) => void page.scheduled.push(ms), stop() {} },
  })
  const settle = (verdict: Verdict, names: string, parts: Partial<Batch> = {}) =>
    settlement.settle(verdict, { waiting: [...names].map((name) => span(name)), dropped: 0, isKept: true, ...parts })
  return Object.assign(page, { settlement, settle })
}

test('what was sent is counted, less what the collector rejected, and the collector is well', () => {
  const { settle, counts, breaker, waiting, scheduled, said } = open()
  breaker.failed({})
  settle({ fate: 'sent', rejectedSpans: 1 }, 'abc')
  expect(counts.read()).toMatchObject({ sent: 2, dropped: { 'rejected-by-collector': 1 } })
  expect([breaker.waitMs(), waiting(), scheduled, said]).toEqual([0, 'w', [], []])
})

test('what goes again goes at once, before what waits, and says nothing of the collector', () => {
  const { settle, counts, breaker, waiting, scheduled, said, leftBehind } = open(span('e'))
  settle(AGAIN, 'ab')
  expect([waiting(), scheduled, breaker.waitMs(), said, leftBehind.isOpen]).toEqual(['abw', [0], 0, [], true])
  expect(counts.read()).toEqual({ made: 0, sent: 0, stored: 0, restored: 0, dropped: {} })
})

test('what has to wait for the collector goes when its time is over; that it is in trouble is said once', () => {
  for (const [failure, trouble] of [
    [{}, 'fails'],
    [SILENT, 'does not answer (an ad blocker?)'],
  ] as const) {
    const { settle, counts, breaker, waiting, scheduled, said } = open()
    settle(later(failure), 'a')
    expect([waiting(), scheduled]).toEqual(['aw', [breaker.waitMs()]])
    expect(breaker.waitMs()).toBeGreaterThan(0)
    settle(later({}), 'b')
    expect(said).toEqual([`the collector ${trouble}; it is asked again`])
    expect([waiting(), counts.read().dropped]).toEqual(['baw', {}])
  }
})

test('what the collector asked for is what is waited for', () => {
  const { settle, scheduled } = open()
  settle(later({ afterMs: 120_000 }), 'a')
  expect(scheduled[0]).toBeGreaterThanOrEqual(120_000)
})

test('a refused batch is dropped by its status, and the rest goes on', () => {
  const { settlement, settle, counts, waiting, said, leftBehind } = open(span('e'))
  settle(refused(400, false), 'ab')
  settle(refused(500, false), 'c')
  expect(counts.read().dropped).toEqual({ 'collector-refused-400': 2, 'collector-refused-500': 1 })
  expect([waiting(), said, settlement.ended, leftBehind.isOpen]).toEqual(['w', [], undefined, true])
})

test('a refusal that ends it drops what waits and what comes, and says so once', () => {
  for (const [status, name] of [
    [403, '403'],
    [0, 'redirect'],
  ] as const) {
    const { settlement, settle, counts, waiting, scheduled, said } = open()
    settle(refused(status, true), 'ab')
    expect([settlement.ended, waiting()]).toEqual([`collector-refused-${name}`, ''])
    expect(said).toEqual([expect.stringMatching(`status ${status}.*"collector".*until the next page`)])
    // They were on their way.
    settle(AGAIN, 'c')
    settle(later({}), 'd')
    expect([waiting(), scheduled]).toEqual(['', []])
    expect(counts.read().dropped).toEqual({ [`collector-refused-${name}`]: 5 })
    settle(SENT, 'e')
    expect(counts.read()).toMatchObject({ sent: 1 })
  }
})

test('what ends it first is the reason', () => {
  const { settlement, settle, counts, backlog, said } = open()
  settlement.end('policy', 'the policy of the page forbids it')
  expect(settlement.ended).toBe('policy')
  backlog.add(span('x'))
  settlement.end('another', 'said in vain')
  settle(refused(404, true), 'a')
  expect([settlement.ended, said]).toEqual([
    'policy',
    ['the policy of the page forbids it; no spans are sent until the next page'],
  ])
  expect(counts.read().dropped).toEqual({ policy: 1, 'collector-refused-404': 1 })
})

test('dropped spans of which a batch told are told again unless it was sent', () => {
  for (const [verdict, untold] of [
    [SENT, 0],
    [AGAIN, 3],
    [later({}), 3],
    [refused(400, false), 4],
  ] as const) {
    const { settle, counts } = open()
    counts.drop('backlog-full', 3)
    counts.told(3)
    settle(verdict, 'a', { dropped: 3 })
    expect(counts.untold(), verdict.fate).toBe(untold)
  }
})

test('what the page before left unanswered is known by the first answer: orders go again, the rest if it is not well', () => {
  for (const [verdict, again, restored] of [
    [SENT, 'O', 1],
    [later({}), 'Oax', 2],
  ] as const) {
    const { settle, counts, backlog, scheduled, leftBehind, breaker } = open(span('O'), span('x', false))
    settle(verdict, 'a')
    expect([...ids(backlog.all())].sort().join('')).toBe([...`${again}w`].sort().join(''))
    expect([counts.read().restored, leftBehind.isOpen]).toEqual([restored, false])
    expect(scheduled).toEqual(verdict === SENT ? [0] : [0, breaker.waitMs()])
  }
})

test('after the end it is counted as come and dropped', () => {
  const { settlement, settle, counts, waiting } = open(span('O'))
  settlement.end('policy', '')
  settle(SENT, 'a')
  expect(counts.read()).toMatchObject({ sent: 1, restored: 1, dropped: { policy: 2 } })
  expect(waiting()).toBe('')
})

test('what becomes known between the leaving and the end the next page has not to ask for', () => {
  for (const verdict of [SENT, AGAIN, later({}), refused(400, false)]) {
    const { tab, settle, leftBehind } = open()
    const both = [span('a'), span('b')]
    leftBehind.leave(both, HEAD)
    settle(verdict, '', { waiting: both.slice(0, 1), wasLeft: true })
    expect(ids(createLeftBehind(tab).settle(false)), verdict.fate).toBe('b')
  }
})

test('what was cut off when the page left is not known to have failed: the page that comes back asks', () => {
  const { tab, settle, counts, breaker, waiting, scheduled, said, leftBehind } = open()
  const cutOff = [span('a'), span('b', false)]
  leftBehind.leave(cutOff, HEAD)
  settle(later(SILENT), '', { waiting: cutOff, wasLeft: true })
  // Had the page not come back, the next one would know of them.
  expect(createLeftBehind(tab).isOpen).toBe(true)
  expect([waiting(), breaker.waitMs(), scheduled, said]).toEqual(['w', 0, [0], []])
  expect([counts.read().stored, leftBehind.isOpen]).toEqual([2, true])
  settle(later({}), '')
  expect([waiting(), counts.read().restored]).toEqual(['awb', 2])
})
