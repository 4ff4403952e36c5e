import { createCollector, type Delivery, type ReceivedSpan } from '../../src/collector'
import { Happenings } from './happenings'

/** A collector on a port of its own, where nobody listens until it is opened. */
export interface ClosedCollector {
  readonly url: string
  readonly spans: Happenings<ReceivedSpan>
  /** Since it was opened. */
  readonly deliveries: readonly Delivery[]
  open(): Promise<void>
  close(): Promise<void>
}

export async function createClosedCollector(): Promise<ClosedCollector> {
  const spans = new Happenings<ReceivedSpan>()
  let collector = await createCollector()
  const { url } = collector
  await collector.close()
  return {
    url,
    spans,
    get deliveries() {
      return collector.deliveries
    },
    async open() {
      collector = await createCollector({ port: Number(new URL(url).port) })
      collector.onChange(() => spans.add(...collector.spans().slice(spans.all.length)))
    },
    close: () => collector.close(),
  }
}
