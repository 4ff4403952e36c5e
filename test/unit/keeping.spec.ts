import { expect, test } from '@playwright/test'
import { createBacklog } from '../../src/delivery/backlog'
import { createCounts } from '../../src/delivery/counts'
import { createKeeping } from '../../src/delivery/keeping'
import type { Waiting } from '../../src/delivery/waiting'

const HEAD = 'who made it'
const span = (json: string): Waiting => ({ json, bytes: 100, isOrder: true })
const names = (waiting: readonly Waiting[]) => waiting.map(({ json }) => json)

/** A page with an outbox that has room for so many spans. */
function open(room = 9) {
  const counts = createCounts()
  const backlog = createBacklog(() => {})
  const page = {
    counts,
    backlog,
    maySend: true,
    hasStorage: true,
    stored: [] as Waiting[],
    leftCounts: [] as number[],
    heads: [] as string[],
    askedFor: 0,
    /** What waited when the page was told that something came back. */
    onRestored: [] as string[][],
  }
  const keeping = createKeeping({
    backlog,
    counts,
    head: HEAD,
    outbox: {
      put(waiting, head) {
        page.heads.push(head)
        const kept = waiting.slice(0, room)
        page.stored.push(...kept)
        return kept
      },
      async take(mostBytes) {
        page.askedFor = mostBytes
        return page.stored.splice(0)
      },
      leaveCount(dropped) {
        page.leftCounts.push(dropped)
        return page.hasStorage
      },
      clear() {},
    },
    maySend: () => page.maySend,
    onRestored: () => page.onRestored.push(names(backlog.all())),
  })
  return Object.assign(page, { keeping })
}

test('what is put away waits no more, and is counted as stored', () => {
  const { keeping, backlog, counts, stored, heads } = open()
  for (const name of ['a', 'b', 'c']) backlog.add(span(name))
  expect(keeping.putAway(backlog.all().slice(0, 2))).toBe(true)
  expect([names(stored), heads]).toEqual([['a', 'b'], [HEAD]])
  expect([names(backlog.all()), backlog.bytes, counts.read().stored]).toEqual([['c'], 100, 2])
})

test('what the outbox has no room for goes on waiting', () => {
  const { keeping, backlog, counts } = open(1)
  for (const name of ['a', 'b']) backlog.add(span(name))
  expect(keeping.putAway(backlog.all())).toBe(false)
  expect([names(backlog.all()), counts.read().stored]).toEqual([['b'], 1])
})

test('what is on its way can be put away too, whatever waits meanwhile', () => {
  const { keeping, backlog, counts, stored } = open()
  backlog.add(span('waits'))
  expect(keeping.putAway([span('on its way')])).toBe(true)
  expect([names(stored), names(backlog.all()), counts.read().stored]).toEqual([['on its way'], ['waits'], 1])
})

test('a page that may not send puts nothing away, and leaves no count', () => {
  const page = open()
  page.maySend = false
  page.backlog.add(span('a'))
  page.counts.drop('backlog-full', 2)
  expect(page.keeping.putAway(page.backlog.all())).toBe(false)
  // Of nothing all is kept.
  expect(page.keeping.putAway([])).toBe(true)
  page.keeping.leaveCount()
  expect([page.stored, page.leftCounts, page.counts.untold()]).toEqual([[], [], 2])
  expect([names(page.backlog.all()), page.counts.read().stored]).toEqual([['a'], 0])
})

test('what earlier pages put away goes before what waits, as much as goes into a request, and is counted', async () => {
  const page = open()
  page.stored = [span('a'), span('b')]
  page.backlog.add(span('today'))
  expect(await page.keeping.restore()).toBe(2)
  expect([names(page.backlog.all()), page.counts.read().restored]).toEqual([['a', 'b', 'today'], 2])
  expect(page.askedFor).toBe(48 * 1024)
  expect(await page.keeping.restore()).toBe(0)
  expect([page.backlog.size, page.counts.read().restored]).toEqual([3, 2])
})

test('whoever forbids it while the outbox is read finds what came back among what waits', async () => {
  const page = open()
  page.stored = [span('a')]
  const restored = page.keeping.restore()
  expect(page.onRestored).toEqual([])
  await restored
  expect(page.onRestored).toEqual([['a']])
})

test('dropped spans of which the collector has not heard the next page tells, once', () => {
  const page = open()
  for (const dropped of [0, 2, 0, 3]) {
    page.counts.drop('backlog-full', dropped)
    page.keeping.leaveCount()
  }
  expect([page.leftCounts, page.counts.untold()]).toEqual([[2, 3], 0])
  page.hasStorage = false
  page.counts.drop('backlog-full', 4)
  page.keeping.leaveCount()
  // Nobody else will: this page may come back.
  expect(page.counts.untold()).toBe(4)
})
