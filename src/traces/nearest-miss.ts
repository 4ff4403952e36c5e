import type { ReceivedSpan } from '../otlp/received-span'
import { type Miss, missesOf, type SpanFilter, shown } from './span-filter'

/** The span that comes nearest to the filter, and in what it differs; undefined if nothing is anywhere near. */
export function nearestMiss(
  spans: readonly ReceivedSpan[],
  filter: SpanFilter,
): { span: ReceivedSpan; misses: Miss[] } | undefined {
  if (typeof filter === 'function') return undefined
  const asked = countOf(filter)
  const near = spans
    .map((span) => ({ span, misses: missesOf(span, filter) }))
    .filter(({ misses }) => misses.length > 0 && (misses.length < asked || misses.every(isSlip)))
    .map((miss) => ({ ...miss, distance: distanceOf(miss.misses) }))
  return near.sort((a, b) => a.distance - b.distance)[0]
}

/** A span of another name is further away than one of the right name that differs in two things; a slip is nearer than anything else. */
const distanceOf = (misses: readonly Miss[]): number =>
  misses.reduce((sum, miss) => sum + (isSlip(miss) ? 0.5 : miss.field === 'name' ? 3 : 1), 0)

/** Who asked for `o-42` where `o-43` came, or for `checkuot`, has nothing else right by which it could be near. */
function isSlip({ expected, received }: Miss): boolean {
  if (typeof expected !== 'string' || typeof received !== 'string') return false
  return editsBetween(expected, received) <= Math.max(1, Math.floor(expected.length / 4))
}

/** Ids of 128 characters are the longest that are compared with every span. */
const LONGEST_COMPARED = 128

/** How many letters are to be changed, put in or left out to make one of the other (Levenshtein). */
function editsBetween(a: string, b: string): number {
  if (Math.max(a.length, b.length) > LONGEST_COMPARED) return a === b ? 0 : Number.POSITIVE_INFINITY
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + Number(letter !== other)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

export function describeMiss({ span, misses }: { span: ReceivedSpan; misses: Miss[] }): string {
  const lines = misses.map(
    ({ field, expected, received }) => `  ${field}: expected ${shown(expected)}, received ${shown(received)}`,
  )
  return [`The nearest is ${span.service || '?'}: ${span.name} (span ${span.spanId}), which differs in`, ...lines].join(
    '\n',
  )
}

function countOf({ attributes, resource, ...plain }: Exclude<SpanFilter, (...given: never[]) => unknown>): number {
  return [plain, attributes ?? {}, resource ?? {}].reduce((sum, fields) => sum + Object.keys(fields).length, 0)
}
