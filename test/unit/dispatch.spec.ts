import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { type Answer, UNREACHABLE } from '../../src/delivery/answer'
import { createBacklog } from '../../src/delivery/backlog'
import type { Body } from '../../src/delivery/compress'
import { createCounts } from '../../src/delivery/counts'
import { createDispatch } from '../../src/delivery/dispatch'
import { createForm } from '../../src/delivery/form'
import { createJudge } from '../../src/delivery/judge'
import type { Waiting } from '../../src/delivery/waiting'

const KIB = 1024
const ACCEPTED: Answer = { kind: 'accepted', rejectedSpans: 0 }
const scope = { name: 'ordertrace', version: '0.1.0' }

const span = (name: string, { bytes = 0, isOrder = false, head = '' } = {}): Waiting => {
  const json = JSON.stringify({ name, note: 'x'.repeat(600) })
  return { json, bytes: bytes || json.length, isOrder, ...(head && { head }) }
}
const names = (text: string) => [...text.matchAll(/"name":"(\w)"/g)].map(([, name]) => name).join('')
const namesOf = (waiting: readonly Waiting[]) => names(waiting.map(({ json }) => json).join())
const told = (text: string) => Number(/"ordertrace.spans.dropped","value":{"intValue":(\d+)/.exec(text)?.[1] ?? 0)

const original = performance.now
test.afterEach(() => {
  performance.now = original
})

/** A page whose collector answers what the test says; what is pure is real. */
function open({ canCompress = false, room = 60 * KIB } = {}) {
  const counts = createCounts()
  const backlog = createBacklog(() => {})
  const form = createForm({ resource: {}, scope, clockShift: () => 0 })
  const page = {
    counts,
    backlog,
    form,
    onSend: 0,
    sent: [] as { text: string; isLeaving: boolean; isQuestion: boolean; encoding: Body['encoding'] }[],
    answers: [] as ((answer: Answer | Promise<Answer>) => void)[],
    settled: [] as string[],
    failures: [] as unknown[],
    /** Thrown in place of sending. */
    fault: undefined as Error | undefined,
    add(...spans: Waiting[]) {
      for (const one of spans) backlog.add(one)
    },
    onTheWay: () => namesOf(dispatch.onTheWay().flatMap(({ waiting }) => waiting)),
  }
  const dispatch = createDispatch({
    backlog,
    counts,
    form,
    judge: createJudge(canCompress),
    sender: {
      send({ content, encoding }, isLeaving, isQuestion) {
        if (page.fault) throw page.fault
        const text = Buffer.from(encoding ? gunzipSync(content) : content).toString()
        page.sent.push({ text, isLeaving, isQuestion, encoding })
        room -= content.length
        return { isKept: isLeaving, answer: new Promise((resolve) => page.answers.push(resolve)) }
      },
      roomForLeaving: () => room,
    },
    onSend: () => page.onSend++,
    settle: ({ fate }, { waiting }) => page.settled.push(`${namesOf(waiting)} ${fate}`),
    onFailure: (error) => page.failures.push(error),
  })
  return Object.assign(page, { dispatch, names: () => page.sent.map(({ text }) => names(text)) })
}

test('as much goes as a request may have, and is on its way until it is answered', async () => {
  const page = open()
  page.add(span('a', { bytes: 7 * KIB }), span('b', { bytes: 7 * KIB }), span('O', { bytes: 7 * KIB, isOrder: true }))
  const done = page.dispatch.send(false)
  expect([page.names(), page.onSend, page.onTheWay()]).toEqual([['Oa'], 1, 'Oa'])
  expect(page.sent[0]).toMatchObject({ isLeaving: false, isQuestion: false, encoding: undefined })
  const [batch] = page.dispatch.onTheWay()
  expect(batch).toMatchObject({ isKept: false, sentAt: expect.any(Number) })
  expect(page.settled).toEqual([])
  page.answers[0]?.(ACCEPTED)
  await done
  expect([page.settled, page.onTheWay(), page.backlog.size]).toEqual([['Oa sent'], '', 1])
})

test('with nothing to send it asks how the collector is', async () => {
  const page = open()
  const done = page.dispatch.send(false)
  expect(page.sent).toMatchObject([{ text: '{"resourceSpans":[]}', isQuestion: true }])
  page.answers[0]?.({ kind: 'refused', status: 400 })
  await done
  expect(page.settled).toEqual([' sent'])
})

test('there is time to compress, unless the page may be gone in a moment', async () => {
  const page = open({ canCompress: true })
  page.add(span('a', { bytes: 30 * KIB }), span('b', { bytes: 10 * KIB }))
  void page.dispatch.send(false)
  expect([page.sent, page.onSend, page.onTheWay()]).toEqual([[], 0, 'ab'])
  expect(page.dispatch.onTheWay()[0]?.sentAt).toBeUndefined()
  await expect.poll(page.names).toEqual(['ab'])
  expect(page.sent[0]).toMatchObject({ encoding: 'gzip', isLeaving: false })
  page.add(span('c', { bytes: 14 * KIB }), span('d', { bytes: 1 }))
  void page.dispatch.send(true)
  expect(page.sent[1]).toMatchObject({ encoding: undefined, isLeaving: true })
  expect([page.names(), page.dispatch.onTheWay()[1]?.isKept]).toEqual([['ab', 'c'], true])
})

test('what was recalled while it was compressed is not sent twice', async () => {
  const page = open({ canCompress: true })
  page.counts.drop('backlog-full', 2)
  page.add(span('a'))
  const done = page.dispatch.send(false)
  for (const batch of page.dispatch.onTheWay()) {
    page.dispatch.forget(batch)
    page.backlog.putBack(batch.waiting)
  }
  void page.dispatch.send(true)
  await done
  expect([page.names(), page.onSend, page.settled]).toEqual([['a'], 1, []])
  expect(page.sent.map(({ text }) => told(text))).toEqual([2])
})

test('of a batch that is decided elsewhere the answer does not count any more, nor that it failed', async () => {
  for (const answer of [() => ACCEPTED, () => Promise.reject(new Error('ours'))]) {
    const page = open()
    page.add(span('a'))
    const done = page.dispatch.send(false)
    for (const batch of page.dispatch.onTheWay()) page.dispatch.forget(batch)
    page.answers[0]?.(answer())
    await done
    expect([page.settled, page.onTheWay(), page.counts.read().dropped]).toEqual([[], '', {}])
  }
})

test('what the collector does not take goes in another form: plain, or smaller', async () => {
  const compressed = open({ canCompress: true })
  compressed.add(span('a'))
  const first = compressed.dispatch.send(false)
  await expect.poll(compressed.names).toEqual(['a'])
  compressed.answers[0]?.({ kind: 'refused', status: 415 })
  await first
  compressed.add(span('b'))
  void compressed.dispatch.send(false)
  expect(compressed.settled).toEqual(['a again'])
  expect(compressed.sent.map(({ encoding }) => encoding)).toEqual(['gzip', undefined])

  const plain = open()
  for (const name of 'abcd') plain.add(span(name))
  const large = plain.dispatch.send(false)
  plain.answers[0]?.({ kind: 'refused', status: 413 })
  await large
  for (const name of 'efghi') plain.add(span(name))
  for (const isLeaving of [false, true]) void plain.dispatch.send(isLeaving)
  expect([plain.settled, plain.names()]).toEqual([['abcd again'], ['abcd', 'ef', 'gh']])
})

test('a batch at which the collector fails is known again by its first span', async () => {
  const page = open()
  const [a, b, c] = [span('a'), span('b'), span('c')]
  for (const [times, one] of [a, b, c, c, c].entries()) {
    page.add(one)
    const done = page.dispatch.send(false)
    page.answers[times]?.({ kind: 'unavailable', fault: 500 })
    await done
  }
  expect(page.settled).toEqual(['a later', 'b later', 'c later', 'c later', 'c refused'])
})

test('dropped spans are told by one batch at a time, by one of our own, and again if that is called back', async () => {
  const page = open()
  page.counts.drop('backlog-full', 3)
  const head = '{"other":['
  for (const batch of [[span('a', { head })], [span('b', { head }), span('c')], [span('d')]]) {
    page.add(...batch)
    void page.dispatch.send(false)
  }
  expect(page.sent.map(({ text }) => told(text))).toEqual([0, 3, 0])
  const [, telling] = page.dispatch.onTheWay()
  expect([telling?.dropped, page.counts.untold()]).toEqual([3, 0])
  for (let twice = 0; twice < 2; twice++) if (telling) page.dispatch.forget(telling)
  expect(page.counts.untold()).toBe(3)
})

test('a batch at which we fail is dropped and counted, and what it should have told is told by another', async () => {
  const page = open()
  page.counts.drop('backlog-full', 3)
  page.fault = new Error('ours')
  page.add(span('a'), span('b'))
  await page.dispatch.send(false)
  expect([page.failures, page.onTheWay(), page.settled]).toEqual([[page.fault], '', []])
  expect(page.counts.read().dropped).toEqual({ 'backlog-full': 3, failure: 2 })
  expect(page.counts.untold()).toBe(5)
})

test('for a page that goes batch after batch leaves, as long as there is room for one and it may', () => {
  const three = ['a', 'b', 'c'].map((name) => span(name, { bytes: 10 * KIB }))
  for (const [room, times, expected] of [
    [60 * KIB, 9, ['a', 'b', 'c']],
    [60 * KIB, 2, ['a', 'b']],
    [12 * KIB, 9, ['a']],
    // A batch has something round it.
    [12 * KIB - 1, 9, []],
  ] as const) {
    const page = open({ room })
    page.add(...three)
    let asked = 0
    page.dispatch.sendForLeaving(() => asked++ < times)
    expect(page.names()).toEqual(expected)
    expect(page.sent.every(({ isLeaving }) => isLeaving)).toBe(true)
    expect(page.backlog.size).toBe(3 - expected.length)
  }
})

test('a request that failed before the page went has failed; one that fails as it goes, or is on its way, may arrive', async () => {
  let now = 1000
  performance.now = () => now
  const page = open()
  const sends = ['a', 'b', 'c'].map((name) => {
    page.add(span(name))
    return page.dispatch.send(false)
  })
  const [a, b] = page.answers
  a?.(UNREACHABLE)
  await undefined
  now = 2000
  b?.(UNREACHABLE)
  await undefined
  expect(page.settled).toEqual([])
  page.dispatch.settleFailed(2000)
  expect([page.settled, page.onTheWay()]).toEqual([['a later'], 'bc'])
  await Promise.all(sends.slice(0, 2))
  // The page lives all the same: it is known now, and each once.
  expect([page.settled, page.onTheWay()]).toEqual([['a later', 'b later'], 'c'])
})
