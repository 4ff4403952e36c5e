import { expect } from '@playwright/test'
import type { OtlpCollector, ReceivedSpan } from './otlp-collector'

export const isServer = ({ kind }: ReceivedSpan) => kind === 2
const isConsumer = ({ kind }: ReceivedSpan) => kind === 5

/** One step of an order as an operator did it in the browser. */
export interface ClickedStep {
  name: string
  orderId: string
  userId: string
  /** Whether the shop's side hears of it. */
  isTold: boolean
}

/** The trace of a step, once it is whole, with all that must be true of it; gives the span of the request in the MES API. */
export async function expectStepTrace(collector: OtlpCollector, step: ClickedStep): Promise<ReceivedSpan> {
  const { name, orderId, userId, isTold } = step
  const root = await waitForOperation(collector, step)
  // Each service sends its spans when it likes: the consumer's may be there before the producer's.
  const isWhole = (spans: ReceivedSpan[]) =>
    spans.some(isServer) && spans.some(isRequest) && (!isTold || spans.some(isConsumer)) && orphans(spans).length === 0
  const spans = await collector.waitForTrace(root.traceId, isWhole)

  for (const span of spans) {
    const what = `${name}: ${span.service} ${span.name}`
    expect(span.attributes, what).toMatchObject({ order_id: orderId, user_id: userId })
    expect(span.status?.code ?? 0, what).toBe(0)
  }
  expect(root.parentSpanId ?? '').toBe('')
  expect(root.attributes).toMatchObject({ 'order.step': name, 'order.outcome': 'confirmed' })
  // Nothing but the one request: no look at the board, and nothing that the next operator might ask.
  const inBrowser = spans.filter(({ service }) => service === 'mes-ui')
  expect(inBrowser.map((span) => span.name).sort()).toEqual(['POST', `order.${name}`])

  const server = spans.find(isServer) as ReceivedSpan
  const request = inBrowser.find(isRequest)
  expect(request?.parentSpanId).toBe(root.spanId)
  expect(server).toMatchObject({
    service: 'mes-api',
    name: `POST /api/orders/:id/${name}`,
    parentSpanId: request?.spanId,
  })
  expect(spans.some(({ service, name: of }) => service === 'mes-api' && of.startsWith('pg.query:UPDATE'))).toBe(true)

  const producer = spans.find(({ kind }) => kind === 4)
  const consumer = spans.find(isConsumer)
  if (!isTold) expect([producer, consumer]).toEqual([undefined, undefined])
  else {
    expect(producer).toMatchObject({ service: 'mes-api' })
    expect(consumer).toMatchObject({ service: 'crm-api', parentSpanId: producer?.spanId })
  }
  return server
}

/** The operation's own span, by the order and the step. */
export function waitForOperation(
  collector: OtlpCollector,
  { name, orderId }: Pick<ClickedStep, 'name' | 'orderId'>,
): Promise<ReceivedSpan> {
  return collector.waitForSpan(
    (span) => span.service === 'mes-ui' && span.name === `order.${name}` && span.attributes.order_id === orderId,
  )
}

function orphans(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  const known = new Set(spans.map(({ spanId }) => spanId))
  return spans.filter(({ parentSpanId }) => parentSpanId && !known.has(parentSpanId))
}

function isRequest({ service, name }: ReceivedSpan): boolean {
  return service === 'mes-ui' && name === 'POST'
}
