import { expect, test } from '@playwright/test'
import { summarise } from '../../src/analyst/summarise'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeCheckout, makeTrace, withClock } from '../support/traces'

const submit = { service: 'internet-shop', step: 'submit' }
const OFFSETS = [-5000, -1500, -500, 500, 1500, 5000]
const figures = (trace: JaegerTrace, which = submit) => {
  const checkout = summarise(trace, which, EPOCH_MS + 3_600_000)
  return checkout && { hops: checkout.hops, queuedMs: checkout.queuedMs, arrivedMs: checkout.arrivedMs }
}

test('a browser whose clock differs changes neither the places nor how long the message waited', () => {
  for (const queue of [0, 6000]) {
    const trace = makeCheckout({ queue })
    const right = figures(trace)
    expect(right).toMatchObject({ queuedMs: 30 + queue, arrivedMs: 140 + queue })
    for (const ahead of OFFSETS) expect(figures(withClock(trace, ['internet-shop'], ahead)), `${ahead}`).toEqual(right)
  }
})

/** The MES ships, its API tells the CRM, and asks it something in return. */
const shipping = makeTrace([
  {
    id: 'ship',
    service: 'mes-ui',
    name: 'order.ship',
    from: 0,
    to: 100,
    attributes: { 'order.step': 'ship', 'order.outcome': 'confirmed' },
  },
  { id: 'post', parent: 'ship', service: 'mes-ui', kind: 'client', from: 10, to: 90 },
  { id: 'mes', parent: 'post', service: 'mes-api', kind: 'server', from: 20, to: 80 },
  { id: 'publish', parent: 'mes', service: 'mes-api', kind: 'producer', from: 90, to: 95 },
  { id: 'process', parent: 'publish', service: 'crm-api', kind: 'consumer', from: 2095, to: 2195 },
  { id: 'ask', parent: 'process', service: 'crm-api', kind: 'client', from: 2105, to: 2185 },
  { id: 'answer', parent: 'ask', service: 'mes-api', kind: 'server', from: 2115, to: 2175 },
])
const ship = { service: 'mes-ui', step: 'ship' }

test('neither does it from one service to the next: the MES, its API, the CRM', () => {
  const right = figures(shipping, ship)
  expect(right).toMatchObject({ queuedMs: 2005, arrivedMs: 2195 })
  for (const ahead of OFFSETS) expect(figures(withClock(shipping, ['mes-ui'], ahead), ship), `${ahead}`).toEqual(right)
})

test('a receiver whose clock is behind its sender’s began no earlier than it was sent to', () => {
  expect(figures(withClock(shipping, ['crm-api'], -60_000), ship)).toMatchObject({ queuedMs: 0 })
})
