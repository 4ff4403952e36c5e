import type { ReceivedSpan } from '../../src/otlp/received-span'

/** How often each span came, of those that came more than once. */
export function twice(spans: readonly ReceivedSpan[]): [span: string, count: number][] {
  const counts: Record<string, number> = {}
  for (const { name, spanId } of spans) counts[`${name} ${spanId}`] = (counts[`${name} ${spanId}`] ?? 0) + 1
  return Object.entries(counts).filter(([, count]) => count > 1)
}
