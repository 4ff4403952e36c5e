import { expect, test } from '@playwright/test'
import { createCounts } from '../../src/delivery/counts'

/** How many spans are still at this page: all that it made and took over, less what left it. */
function waiting(counts: ReturnType<typeof createCounts>) {
  const { made, sent, stored, restored, dropped } = counts.read()
  const gone = Object.values(dropped).reduce((sum, spans) => sum + spans, 0)
  return made + restored - sent - stored - gone
}

test('whatever becomes of a span, it is counted once', () => {
  const counts = createCounts()
  expect(counts.read()).toEqual({ made: 0, sent: 0, stored: 0, restored: 0, dropped: {} })
  for (let i = 0; i < 20; i++) counts.made()
  counts.restored(5)
  expect(waiting(counts)).toBe(25)
  counts.sent(10)
  counts.stored(4)
  counts.drop('backlog-full', 3)
  expect(waiting(counts)).toBe(8)
  counts.drop('backlog-full', 1)
  counts.drop('stopped', 7)
  expect(counts.read()).toEqual({
    made: 20,
    sent: 10,
    stored: 4,
    restored: 5,
    dropped: { 'backlog-full': 4, stopped: 7 },
  })
  expect(waiting(counts)).toBe(0)
})

test('what lay put away and is dropped was never at this page', () => {
  const counts = createCounts()
  counts.made()
  counts.drop('too-old', 3, true)
  expect(counts.read()).toMatchObject({ made: 1, restored: 3, dropped: { 'too-old': 3 } })
  expect(waiting(counts)).toBe(1)
  expect(counts.untold()).toBe(3)
})

test('the collector is told of each dropped span once, and again if the request was in vain', () => {
  const counts = createCounts()
  expect(counts.untold()).toBe(0)
  counts.drop('backlog-full', 3)
  counts.drop('rejected-by-collector', 2)
  expect(counts.untold()).toBe(5)
  counts.told(5)
  counts.drop('backlog-full', 1)
  expect(counts.untold()).toBe(1)
  counts.told(-5)
  expect(counts.untold()).toBe(6)
  expect(counts.read().dropped).toEqual({ 'backlog-full': 4, 'rejected-by-collector': 2 })
})

test('where nothing was dropped no reason is given', () => {
  const counts = createCounts()
  counts.drop('rejected-by-collector', 0)
  counts.drop('too-old', 0, true)
  expect(counts.read()).toEqual({ made: 0, sent: 0, stored: 0, restored: 0, dropped: {} })
  expect(counts.untold()).toBe(0)
})

test('what was read does not change any more, nor can it change the counts', () => {
  const counts = createCounts()
  counts.drop('stopped', 1)
  const first = counts.read()
  counts.drop('stopped', 1)
  counts.made()
  expect(first).toMatchObject({ made: 0, dropped: { stopped: 1 } })
  first.dropped.stopped = 99
  expect(counts.read()).toMatchObject({ made: 1, dropped: { stopped: 2 } })
})
