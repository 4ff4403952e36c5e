import { expect, test } from '@playwright/test'
import type { Delivery } from '../../src/collector'
import { breaksOf } from '../../src/traces/breaks'
import { readDelivery } from '../../src/traces/read-delivery'
import { createTraceLog } from '../../src/traces/trace-log'
import { findingsOf } from '../../src/verify/findings'

interface Sent {
  sdk?: string
  endMs?: number
  dropped?: number
}

function deliver({ sdk = 'ordertrace', endMs = 2, dropped }: Sent = {}): Promise<Delivery> {
  const attributes = [{ key: 'telemetry.sdk.name', value: { stringValue: sdk } }]
  if (dropped) attributes.push({ key: 'ordertrace.spans.dropped', value: { intValue: dropped } } as never)
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    name: 'order.submit',
    kind: 1,
    startTimeUnixNano: '1000000',
    endTimeUnixNano: `${endMs}000000`,
    attributes: [{ key: 'order_id', value: { stringValue: 'o-1' } }],
  }
  return readDelivery({
    url: 'http://127.0.0.1/v1/traces',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] }),
    ),
  })
}

/** What the fixture says of it, and what `npx ordertrace verify` says. */
function look(deliveries: readonly Delivery[]) {
  const log = createTraceLog()
  for (const delivery of deliveries) log.add(delivery)
  const url = 'http://127.0.0.1/shop'
  const seen = { url, status: 200, workers: [], requests: [], answers: [], corsErrors: [], diagnostics: undefined }
  const { spans, problems } = findingsOf({ ...seen, deliveries })
  expect(spans).toBe(log.spans().length)
  expect(problems).toEqual(breaksOf(log.spans()))
  return { spans, problems }
}

test('an order that the next page repeated came once, though nobody refused it', async () => {
  expect(look([await deliver(), await deliver()])).toEqual({ spans: 1, problems: [] })
  // Each request tells of the spans that were dropped until then.
  expect(look([await deliver(), await deliver({ dropped: 3 })])).toEqual({ spans: 1, problems: [] })
})

test('one that came again as another, or by another SDK, came twice', async () => {
  for (const [first, second] of [
    [{}, { endMs: 3 }],
    [{ sdk: 'opentelemetry' }, { sdk: 'opentelemetry' }],
    [{ sdk: 'opentelemetry' }, {}],
  ] as const) {
    const { spans, problems } = look([await deliver(first), await deliver(second)])
    expect(spans).toBe(2)
    expect(problems).toEqual([expect.stringContaining('order.submit (span bbbbbbbbbbbbbbbb) came 2 times')])
  }
})

test('what the pages’ own collector refused came with the request that it took', async () => {
  const refused = { ...(await deliver({ endMs: 2 })), status: 503 }
  const taken = await deliver({ endMs: 3 })
  expect(createTraceLogOf(refused, taken).spans()).toEqual(taken.spans)
  // Nobody has sent it again: it came all the same.
  expect(createTraceLogOf(refused).spans()).toEqual(refused.spans)
})

function createTraceLogOf(...deliveries: Delivery[]) {
  const log = createTraceLog()
  for (const delivery of deliveries) log.add(delivery)
  return log
}
