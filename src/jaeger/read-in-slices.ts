import type { JaegerClient } from './client'
import { JaegerError } from './jaeger-error'
import type { JaegerTrace } from './jaeger-trace'
import type { TraceQuery } from './trace-query'

export interface SlicesOptions {
  /** At most so many traces in one answer; more would be a burden for Jaeger and for us. Default 400. */
  depth?: number
  /** Stop after so many traces; the newest are read first. Default 50,000. */
  most?: number
  /** Ends the reading; the generator then throws the signal's reason. */
  signal?: AbortSignal | undefined
  /** How long to leave an overwhelmed Jaeger alone, the first time, ms; each time after that twice as long. Default 500. */
  pauseMs?: number
}

/** What one answer brought. */
export interface Slice {
  /** Those that no slice before had. */
  traces: JaegerTrace[]
  /** How much of the time has been read, 0 to 1. */
  done: number
  completeness: Completeness
}

/** How much of what was asked for has been seen. */
export interface Completeness {
  /** Everything since then has been read, ms since 1970; older than that nothing. */
  readFrom: number
  /** Times within what was read that had more traces than can be asked for, with the start of each, ms. */
  crowded: number[]
  /** How many traces could not be taken apart, and are not in the figures. */
  unreadable?: number
  /** Why the reading ended before the start of the time. */
  stoppedAt?: 'most'
}

/** The first step back in time, ms; what it brings says how wide the next may be. */
const FIRST_STEP_MS = 3_600_000
/** Narrower than this, a slice is cut by duration instead, ms. */
const LEAST_STEP_MS = 1000
/** How full the next answer is meant to be. */
const WISHED_FILL = 0.5
const LEAST_DEPTH = 20
/** So often in a row an answer may fail for being too much, each time of half the time. */
const MOST_FAILURES = 2

/**
 * Reads all traces of a time, the newest first, in answers that a large Jaeger bears: as much of the time at once as has few traces enough,
 * and where even a second has too many, by duration, the slowest first.
 */
export async function* readInSlices(
  client: Pick<JaegerClient, 'findTraces'>,
  query: Omit<TraceQuery, 'depth' | 'longerThan' | 'shorterThan'>,
  { depth: wished = 400, most = 50_000, signal, pauseMs = 500 }: SlicesOptions = {},
): AsyncGenerator<Slice, void> {
  const { from, to } = query
  const seen = new Set<string>()
  const crowded: number[] = []
  let depth = wished
  let readFrom = to
  let step = Math.min(FIRST_STEP_MS, Math.max(to - from, 1))
  let failures = 0

  const isNew = ({ traceId }: JaegerTrace) => !seen.has(traceId) && Boolean(seen.add(traceId))
  const slice = (traces: JaegerTrace[]): Slice => ({
    traces: traces.filter(isNew),
    done: to === from ? 1 : (to - readFrom) / (to - from),
    completeness: {
      readFrom,
      crowded: [...crowded],
      ...(seen.size >= most && readFrom > from && { stoppedAt: 'most' }),
    },
  })
  async function find(part: Partial<TraceQuery> & { from: number; to: number }) {
    for (;;) {
      try {
        return await client.findTraces({ ...query, ...part, depth }, { signal })
      } catch (error) {
        // A storage in memory takes no depth beyond the traces that it may hold.
        if (!isTooDeep(error) || depth <= LEAST_DEPTH) throw error
        depth = Math.max(LEAST_DEPTH, Math.floor(depth / 2))
      }
    }
  }
  /** The traces of a time that has too many, by duration, ms; the bounds come closer until an answer is not full. */
  async function* findByDuration(
    time: { from: number; to: number },
    least = 0,
    greatest = Infinity,
  ): AsyncGenerator<JaegerTrace[]> {
    const { traces, complete } = await find({
      ...time,
      ...(least > 0 && { longerThan: least }),
      ...(greatest < Infinity && { shorterThan: greatest }),
    })
    if (complete || greatest - least < 1) {
      if (!complete && !crowded.includes(time.from)) crowded.push(time.from)
      return yield traces
    }
    const middle = greatest === Infinity ? Math.max(100, least * 4) : (least + greatest) / 2
    yield* findByDuration(time, middle, greatest)
    yield* findByDuration(time, least, middle)
  }

  while (readFrom > from && seen.size < most) {
    const time = { from: Math.max(from, readFrom - step), to: readFrom }
    const found = await find(time).catch((error: unknown) => {
      if (!isOverwhelmed(error) || failures >= MOST_FAILURES) throw error
      return undefined
    })
    if (!found) {
      await pause(pauseMs * 2 ** failures++, signal)
      step = Math.max(LEAST_STEP_MS, (time.to - time.from) / 2)
      continue
    }
    failures = 0
    const { traces, complete } = found
    if (complete) {
      readFrom = time.from
      yield slice(traces)
      step = nextStep(step, traces.length / depth)
    } else if (time.to - time.from > LEAST_STEP_MS) {
      step = Math.max(LEAST_STEP_MS, (time.to - time.from) / 4)
    } else {
      for await (const found of findByDuration(time)) yield slice(found)
      readFrom = time.from
      yield slice([])
    }
  }
}

function nextStep(step: number, fill: number): number {
  const factor = fill === 0 ? 4 : Math.min(4, Math.max(0.5, WISHED_FILL / fill))
  return Math.max(LEAST_STEP_MS, step * factor)
}

function isTooDeep(error: unknown): boolean {
  return error instanceof JaegerError && /search ?depth|max_?traces/i.test(error.message)
}

/** It took too long, or broke on it: less at once may be borne. */
function isOverwhelmed(error: unknown): boolean {
  return error instanceof JaegerError && (error.problem === 'timeout' || error.problem === 'broken')
}

/** Rejects with the signal's reason, as everything else does. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const end = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}
