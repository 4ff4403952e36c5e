import { expect, test } from '@playwright/test'
import type { Answer, Numbered, Question } from '../../src/analyst-page/protocol'
import { forget, keep, nothingSaid, type Said } from '../../src/analyst-page/said'

const which = { service: 'internet-shop', step: 'submit', from: 0, to: 10 }
const read = (id: number): Numbered<Question> => ({ id, kind: 'read', which, before: -10 })
const failure = { problem: 'broken' as const, message: 'no storage left' }

/** Questions and answers as they follow each other. */
function hear(
  ...heard: ({ ask: Numbered<Question> } | { answer: { id: number; kind: string; [more: string]: unknown } })[]
): Said {
  return heard.reduce<Said>(
    (said, next) => ('ask' in next ? forget(said, next.ask) : keep(said, next.answer as unknown as Numbered<Answer>)),
    nothingSaid,
  )
}

const report = (id: number) => ({ answer: { id, kind: 'report', count: id } })
const progress = (id: number) => ({ answer: { id, kind: 'progress', part: 'now', done: 0.5, count: id } })

test('a report, a progress and an end count for the last reading, and for no other', () => {
  const said = hear({ ask: read(1) }, progress(1), report(1))
  expect(said).toMatchObject({ report: { count: 1 }, reading: { state: 'reading', done: 0.5, count: 1 } })
  const next = hear({ ask: read(1) }, report(1), { ask: read(2) }, progress(1), report(1), {
    answer: { id: 1, kind: 'end', part: 'now', how: 'whole' },
  })
  expect([next.report, next.reading]).toEqual([undefined, { state: 'asked' }])
  expect(hear({ ask: read(1) }, { ask: read(2) }, report(2)).report).toMatchObject({ count: 2 })
})

test('the reading ends when it is said to, however much was read, and says how', () => {
  const end = { id: 1, kind: 'end', part: 'before', how: 'whole' }
  expect(hear({ ask: read(1) }, progress(1), { answer: end }).reading).toEqual({ state: 'whole', part: 'before' })
  const failed = hear({ ask: read(1) }, report(1), { answer: { ...end, part: 'now', how: 'failed', failure } })
  expect(failed).toMatchObject({ report: { count: 1 }, reading: { state: 'failed', part: 'now', failure } })
  expect(keep(forget(failed, { id: 2, kind: 'go-on' }), report(1).answer as unknown as Numbered<Answer>)).toMatchObject(
    {
      report: { count: 1 },
      reading: { state: 'asked' },
    },
  )
})

test('a problem is kept by what it is of: a trace, or the last question of its kind', () => {
  const trace = { id: 3, kind: 'problem', of: 'trace', traceId: 'a1', failure }
  const said = hear({ ask: { id: 3, kind: 'trace', traceId: 'a1' } }, { answer: trace })
  expect(said.traces.get('a1')).toEqual(failure)
  expect(forget(said, { id: 4, kind: 'trace', traceId: 'a1' }).traces.has('a1')).toBe(false)
  const late = { id: 1, kind: 'problem', of: 'life', failure }
  const life = (id: number) => ({ ask: { id, kind: 'life' as const, orderId: 'o-1', from: undefined } })
  expect(hear(life(1), { answer: late }).problems.life).toEqual(failure)
  expect(hear(life(1), life(2), { answer: late }).problems.life).toBeUndefined()
})
