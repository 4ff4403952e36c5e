import { readSpans } from '../../src/otlp/read-spans'
import type { ReceivedSpan } from '../../src/otlp/received-span'

/** @throws Error for a span that no collector would take: what we send is to be read as strictly as what others send */
export function decodeSpans(request: unknown): ReceivedSpan[] {
  const { spans, rejected } = readSpans(request)
  if (rejected.length) throw new Error(rejected.join('\n'))
  return spans
}
