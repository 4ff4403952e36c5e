import { expect, test } from '@playwright/test'
import { describeLife } from '../../src/analyst/order-life'
import { readCheckouts } from '../../src/analyst/read-checkouts'
import { sayCompleteness, wordsIn } from '../../src/analyst/say'
import { summarise } from '../../src/analyst/summarise'
import { describeWaterfall } from '../../src/analyst/waterfall'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeCheckout, makeTrace, type SpanSpec } from '../support/traces'

const which = { service: 'internet-shop', step: 'submit' }
const root: SpanSpec = {
  ...{ id: 'root', service: 'internet-shop', name: 'order.submit', from: 0, to: 100_000 },
  attributes: { 'order.outcome': 'confirmed', order_id: 'o-1' },
}

/** A third of them children, a third without their parent, a third attempts at one message. */
const wide = (index: number): Omit<SpanSpec, 'id'> => {
  const time = { from: index / 2, to: index / 2 + 0.25 }
  if (index % 3 === 0) return { parent: 'root', ...time }
  if (index % 3 === 1) return { parent: 'lost', ...time }
  return { parent: 'root', kind: 'consumer', failed: 'busy', attributes: { 'messaging.message.id': 'm-1' }, ...time }
}
const deep = (index: number): Omit<SpanSpec, 'id'> => {
  return { parent: index === 1 ? 'root' : `s${index - 1}`, from: index, to: 100_000 - index }
}

for (const [what, count, spec] of [
  // A call takes some 120,000 arguments.
  ['150,000 spans beside each other', 150_000, wide],
  ['a depth of 12,000', 12_000, deep],
] as const) {
  test(`a trace with ${what} is read as any other`, () => {
    // For a machine that has other things to do as well.
    test.setTimeout(120_000)
    const specs = Array.from({ length: count }, (_, index): SpanSpec => ({ id: `s${index + 1}`, ...spec(index + 1) }))
    const trace = makeTrace([root, ...specs])
    const checkout = summarise(trace, which, EPOCH_MS)
    expect(checkout).toMatchObject({ ms: 100_000, spans: count + 1 })
    const sum = Object.values(checkout?.hops ?? {}).reduce<number>((total, ms = 0) => total + ms, 0)
    expect(sum).toBeCloseTo(100_000, 3)
    const { rows } = describeWaterfall(trace)
    expect([rows.length, rows[0]?.spanId]).toEqual([count + 1, 'root'])
    expect(describeLife([trace], 'o-1', EPOCH_MS).steps).toHaveLength(1)
  })
}

test('one trace that cannot be understood ends nothing, and is counted', async () => {
  const odd = { traceId: 'f'.repeat(32), spans: [null] } as unknown as JaegerTrace
  const client = { findTraces: async () => ({ traces: [odd, makeCheckout()], complete: true }) }
  const slices = []
  for await (const slice of readCheckouts(client, { ...which, from: EPOCH_MS, to: EPOCH_MS + 1000 })) slices.push(slice)
  const last = slices.at(-1)
  expect(last).toMatchObject({ checkouts: [{ orderId: 'o-1' }], completeness: { unreadable: 1 } })
  const said = last && sayCompleteness(last.completeness, { count: 1, from: EPOCH_MS }, wordsIn('en'))
  expect(said).toBe('1 order: all of this time. 1 trace could not be understood, and is left out.')
})
