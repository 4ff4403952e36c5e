import type { ReceivedSpan } from '../otlp/received-span'
import type { Delivery } from './delivery'

/** Whether the sender was told that it has come; without that it may send the same again, as it should. */
const isTaken = ({ status }: Delivery): boolean => status >= 200 && status < 300

/**
 * All spans in order of arrival, without those that a test has had refused. One that the pages' own collector refused, and that came again, came
 * once; one that was taken, and came again, came twice.
 */
export function spansThatCame(deliveries: readonly Delivery[]): ReceivedSpan[] {
  const cameLater = new Set<string>()
  const arrived = deliveries.filter(({ refused }) => !refused)
  const spans = arrived.reverse().map((delivery) => {
    const own = isTaken(delivery) ? delivery.spans : delivery.spans.filter((span) => !cameLater.has(idOf(span)))
    for (const span of delivery.spans) cameLater.add(idOf(span))
    return own
  })
  return spans.reverse().flat()
}

const idOf = ({ traceId, spanId }: ReceivedSpan): string => `${traceId} ${spanId}`
