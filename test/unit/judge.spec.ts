import { expect, test } from '@playwright/test'
import type { Answer } from '../../src/delivery/answer'
import { COMPRESSED_BATCH_BYTES, createJudge, PLAIN_BATCH_BYTES } from '../../src/delivery/judge'

const BATCH = { spans: 10, bytes: 4000, isCompressed: false, lead: 'a' }
const refused = (status: number): Answer => ({ kind: 'refused', status })
const ACCEPTED: Answer = { kind: 'accepted', rejectedSpans: 0 }

test('a refusal that no other batch can mend ends the sending at once', () => {
  for (const status of [0, 401, 403, 404])
    expect(createJudge(false).judge(refused(status), BATCH)).toEqual({ fate: 'refused', status, isEnd: true })
})

test('one that may be the fault of a batch ends it the second time in a row', () => {
  for (const status of [400, 422]) {
    const judge = createJudge(false)
    expect(judge.judge(refused(status), BATCH)).toMatchObject({ fate: 'refused', isEnd: false })
    expect(judge.judge(ACCEPTED, BATCH)).toEqual({ fate: 'sent', rejectedSpans: 0 })
    expect(judge.judge(refused(status), BATCH)).toMatchObject({ isEnd: false })
    expect(judge.judge(refused(status), BATCH)).toMatchObject({ isEnd: true })
  }
})

test('a batch that is too large is split, one span alone cannot be', () => {
  const judge = createJudge(false)
  expect(judge.mostBytes).toBe(PLAIN_BATCH_BYTES)
  expect(judge.judge(refused(413), BATCH)).toEqual({ fate: 'again' })
  expect(judge.mostBytes).toBe(2000)
  expect(judge.judge(refused(413), BATCH)).toMatchObject({ fate: 'refused', isEnd: true })
  expect(createJudge(false).judge(refused(413), { ...BATCH, spans: 1 })).toMatchObject({
    fate: 'refused',
    isEnd: false,
  })
})

test('a collector that does not know gzip gets the first batch again as it is, and no gzip any more', () => {
  for (const status of [400, 415]) {
    const judge = createJudge(true)
    expect([judge.mayCompress, judge.mostBytes]).toEqual([true, COMPRESSED_BATCH_BYTES])
    expect(judge.judge(refused(status), { ...BATCH, isCompressed: true })).toEqual({ fate: 'again' })
    expect([judge.mayCompress, judge.mostBytes]).toEqual([false, PLAIN_BATCH_BYTES])
  }
  const known = createJudge(true)
  known.judge(ACCEPTED, { ...BATCH, isCompressed: true })
  expect(known.judge(refused(400), { ...BATCH, isCompressed: true })).toMatchObject({ fate: 'refused' })
  expect(known.mayCompress).toBe(true)
})

test('no more spans are counted as rejected than were sent', () => {
  const answer: Answer = { kind: 'accepted', rejectedSpans: 99 }
  expect(createJudge(false).judge(answer, BATCH)).toEqual({ fate: 'sent', rejectedSpans: 10 })
})

test('a batch that the collector fails at three times in a row is given up, and the next is tried', () => {
  const fault: Answer = { kind: 'unavailable', fault: 500 }
  const judge = createJudge(false)
  for (const lead of ['a', 'b']) {
    const batch = { ...BATCH, lead }
    for (let tries = 1; tries < 3; tries++) expect(judge.judge(fault, batch)).toEqual({ fate: 'later', failure: fault })
    expect(judge.judge(fault, batch)).toEqual({ fate: 'refused', status: 500, isEnd: false })
  }
  const busy: Answer = { kind: 'unavailable' }
  for (let tries = 0; tries < 9; tries++) expect(judge.judge(busy, BATCH)).toMatchObject({ fate: 'later' })
})

test('one that takes no empty request is asked nothing by it', () => {
  const judge = createJudge(false)
  const question = { ...BATCH, spans: 0 }
  for (const status of [400, 404]) expect(judge.judge(refused(status), question)).toMatchObject({ fate: 'sent' })
  expect(judge.judge(refused(400), BATCH)).toMatchObject({ fate: 'refused', isEnd: false })
})

test('of batches that were sent at once each is tried as often, and a question is never given up', () => {
  const fault: Answer = { kind: 'unavailable', fault: 500 }
  const judge = createJudge(false)
  for (const lead of ['a', 'b', 'c', 'd'])
    expect(judge.judge(fault, { ...BATCH, lead })).toEqual({ fate: 'later', failure: fault })
  const question = { ...BATCH, spans: 0, lead: undefined }
  for (let tries = 0; tries < 9; tries++) expect(judge.judge(fault, question)).toMatchObject({ fate: 'later' })
})
