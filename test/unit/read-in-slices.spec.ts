import { expect, test } from '@playwright/test'
import type { AskedFrom } from '../../src/jaeger/client'
import { JaegerError } from '../../src/jaeger/jaeger-error'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { readInSlices, type Slice, type SlicesOptions } from '../../src/jaeger/read-in-slices'
import type { TraceQuery } from '../../src/jaeger/trace-query'

interface Stored {
  id: string
  at: number
  ms: number
}

const hour = 3_600_000
const query = { service: 'internet-shop', operation: 'order.submit', from: 0, to: 24 * hour }

/** A store of traces that gives no more than the depth, in no order. */
function storeOf(stored: Stored[], { most = Infinity } = {}) {
  const asked: TraceQuery[] = []
  return {
    asked,
    async findTraces(part: TraceQuery, { signal }: AskedFrom = {}) {
      signal?.throwIfAborted()
      asked.push(part)
      const { from, to, longerThan = 0, shorterThan = Infinity, depth = 0 } = part
      if (depth > most)
        throw new JaegerError(
          'broken',
          'answered 500: search depth must be greater than 0 and less than max traces',
          500,
        )
      const matching = stored.filter(({ at, ms }) => at >= from && at <= to && ms >= longerThan && ms <= shorterThan)
      const traces = matching.slice(0, depth).map(({ id }): JaegerTrace => ({ traceId: id, spans: [] }))
      return { traces, complete: traces.length < depth }
    },
  }
}

async function readAll(store: ReturnType<typeof storeOf>, options: SlicesOptions) {
  const ids: string[] = []
  let last: Slice | undefined
  for await (const slice of readInSlices(store, query, options)) {
    ids.push(...slice.traces.map(({ traceId }) => traceId))
    last = slice
  }
  return { ids, done: last?.done, completeness: last?.completeness }
}

const spread = (count: number, from: number, to: number): Stored[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${from}-${index}`,
    at: from + Math.floor(((to - from) * index) / count),
    ms: 10 + (index % 500),
  }))

test('reads every trace once, however unevenly they lie, and never asks for more than the depth', async () => {
  const stored = [
    ...spread(300, 0, 20 * hour),
    ...spread(3000, 20 * hour, 20 * hour + 60_000),
    ...spread(5, 23 * hour, 24 * hour),
  ]
  const store = storeOf(stored)
  const { ids, done, completeness } = await readAll(store, { depth: 100 })
  expect([...ids].sort()).toEqual(stored.map(({ id }) => id).sort())
  expect([done, completeness]).toEqual([1, { readFrom: 0, crowded: [] }])
  expect(Math.max(...store.asked.map(({ depth }) => depth ?? 0))).toBe(100)
  // 3,305 traces in answers of 100 are 34 at the least.
  expect(store.asked.length).toBeLessThan(200)
})

test('reads a second that has too many by duration, the slowest first', async () => {
  const stored = spread(900, hour, hour)
  const store = storeOf(stored)
  const { ids, completeness } = await readAll(store, { depth: 100 })
  expect(ids.length).toBe(900)
  expect(completeness).toEqual({ readFrom: 0, crowded: [] })
  const slowest = new Set(stored.filter(({ ms }) => ms >= 400).map(({ id }) => id))
  expect(ids.findIndex((id) => !slowest.has(id))).toBe(slowest.size)
})

test('says where it could not read all', async () => {
  const stored = Array.from({ length: 150 }, (_, index) => ({ id: `${index}`, at: hour, ms: 20 }))
  const { ids, done, completeness } = await readAll(storeOf(stored), { depth: 100 })
  expect([ids.length, done]).toEqual([100, 1])
  expect(completeness?.crowded).toHaveLength(1)
  expect(Math.abs((completeness?.crowded[0] ?? 0) - hour)).toBeLessThanOrEqual(1000)
})

test('stops after the most that was wanted, the newest first, and says how far it came', async () => {
  const { ids, done, completeness } = await readAll(storeOf(spread(1000, 0, 24 * hour)), { depth: 100, most: 300 })
  expect(ids.length).toBeGreaterThanOrEqual(300)
  expect(ids.length).toBeLessThan(400)
  expect(done).toBeLessThan(0.5)
  expect(completeness).toMatchObject({ stoppedAt: 'most' })
  expect(completeness?.readFrom).toBeGreaterThan(12 * hour)
})

test('asks for fewer at once where the storage takes no such depth', async () => {
  const store = storeOf(spread(100, 0, 24 * hour), { most: 60 })
  const { ids } = await readAll(store, { depth: 400 })
  expect(ids.length).toBe(100)
  expect(store.asked.at(-1)?.depth).toBe(50)
})

test('asks for half as much where Jaeger takes too long or breaks on it, twice, and leaves it alone in between', async () => {
  for (const problem of ['timeout', 'broken'] as const) {
    const calm = storeOf(spread(100, 0, 24 * hour))
    const spans: number[] = []
    const store = {
      asked: calm.asked,
      async findTraces(part: TraceQuery, options?: AskedFrom) {
        spans.push(part.to - part.from)
        if (part.to - part.from > hour / 4) throw new JaegerError(problem, 'too much')
        return calm.findTraces(part, options)
      },
    }
    const { ids, completeness } = await readAll(store, { pauseMs: 1 })
    expect(ids.length).toBe(100)
    expect(completeness).toEqual({ readFrom: 0, crowded: [] })
    expect(spans.slice(0, 3)).toEqual([hour, hour / 2, hour / 4])
  }
  let asked = 0
  const down = {
    findTraces: () => Promise.reject(new JaegerError('broken', `no storage ${++asked}`)),
  }
  await expect(readInSlices(down, query, { pauseMs: 1 }).next()).rejects.toThrow('no storage 3')
  // Who stops it waits for no pause.
  const controller = new AbortController()
  const reading = readInSlices(
    {
      findTraces: async () => {
        queueMicrotask(() => controller.abort(new Error('enough')))
        throw new JaegerError('timeout', 'slow')
      },
    },
    query,
    { pauseMs: 3_600_000, signal: controller.signal },
  )
  await expect(reading.next()).rejects.toThrow('enough')
})

test('ends when it is cancelled, and hands on what Jaeger refuses', async () => {
  const controller = new AbortController()
  const store = storeOf(spread(1000, 0, 24 * hour))
  const cancelled = async () => {
    for await (const _ of readInSlices(store, query, { depth: 100, signal: controller.signal })) {
      controller.abort(new Error('enough'))
    }
  }
  await expect(cancelled()).rejects.toThrow('enough')
  expect(store.asked).toHaveLength(1)
  const refusing = { findTraces: () => Promise.reject(new JaegerError('permission', 'no')) }
  await expect(readInSlices(refusing, query).next()).rejects.toThrow('no')
})
