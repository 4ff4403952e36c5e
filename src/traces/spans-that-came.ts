import { isDeepStrictEqual } from 'node:util'
import { DROPPED_SPANS, SDK_NAME } from '../attributes'
import type { ReceivedSpan } from '../otlp/received-span'
import type { Delivery } from './delivery'

/** Whether the sender was told that it has come; without that it may send the same again, as it should. */
const isTaken = ({ status }: Delivery): boolean => status >= 200 && status < 300

/**
 * All spans in order of arrival, without those that a test has had refused. One that the pages' own collector refused, and that came again, came
 * once; one that was taken, and came again, came twice, unless it is what ordertrace repeats.
 */
export function spansThatCame(deliveries: readonly Delivery[]): ReceivedSpan[] {
  const arrived = deliveries.filter(({ refused }) => !refused)
  const lastWith = new Map<string, Delivery>()
  for (const delivery of arrived) for (const span of delivery.spans) lastWith.set(idOf(span), delivery)
  const cameBefore = new Map<string, ReceivedSpan>()
  return arrived.flatMap((delivery) => {
    const own = delivery.spans.filter(
      (span) =>
        (isTaken(delivery) || lastWith.get(idOf(span)) === delivery) && !isRepeatOf(span, cameBefore.get(idOf(span))),
    )
    for (const span of own) cameBefore.set(idOf(span), span)
    return own
  })
}

const idOf = ({ traceId, spanId }: ReceivedSpan): string => `${traceId} ${spanId}`

/**
 * A page of ordertrace that is gone before it sees an answer has the next one repeat its orders (`unanswered`), as the very same spans. Whether it sees
 * the answer is chance, so a test must not depend on it. From any other SDK a span that comes twice is a mistake.
 */
function isRepeatOf(span: ReceivedSpan, before: ReceivedSpan | undefined): boolean {
  if (!before || span.resource[SDK_NAME] !== 'ordertrace') return false
  return isDeepStrictEqual(withoutCount(span), withoutCount(before))
}

/** Each request tells of the spans that were dropped until then. */
const withoutCount = (span: ReceivedSpan) => ({ ...span, resource: { ...span.resource, [DROPPED_SPANS]: 0 } })
