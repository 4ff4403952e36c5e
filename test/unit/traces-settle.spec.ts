import { type Collector, createCollector } from '../../src/playwright'
import { decide } from '../../src/playwright/decide'
import { createSignal } from '../../src/traces/signal'
import type { TraceSource } from '../../src/traces/trace-source'
import { exportRequest, type SpanSpec } from '../demo/support/otlp-spans'
import { expect, messageOf, test } from '../support/traces-test'

const send = (collector: Collector, ...spans: SpanSpec[]) =>
  fetch(collector.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(exportRequest(...spans)),
  })

const SECOND_BATCH: [string, SpanSpec, (collector: Collector) => Promise<unknown>][] = [
  [
    'leaks',
    { id: '2', parent: '1', attributes: { mail: 'anna@shop.example' } },
    (c) => expect(c).toHaveNoPersonalData(),
  ],
  ['has an orphan', { id: '2', parent: '8' }, (c) => expect(c).toBeUnbroken({ timeout: 1_500 })],
  ['has what should not be', { id: '2', name: 'late' }, (c) => expect(c).not.toHaveSpan({ name: 'late' })],
]
for (const [what, span, ask] of SECOND_BATCH) {
  test(`a second batch, a second after the first, that ${what} is waited for`, async () => {
    const collector = await createCollector({ batchMs: 1_200 })
    await send(collector, { id: '1' })
    const failing = messageOf(ask(collector))
    setTimeout(() => send(collector, span), 1_000)
    expect(await failing).toContain('2 requests reached the collector')
    await collector.close()
  })
}

test('by default a collector is believed after the five seconds that SDKs keep spans back', async () => {
  const collector = await createCollector()
  const began = performance.now()
  await collector.settle()
  expect(performance.now() - began).toBeGreaterThan(4_990)
  await collector.close()
})

test('who no longer looks on is not kept waiting', async () => {
  const collector = await createCollector({ batchMs: 60_000 })
  const gone = new AbortController()
  const settling = collector.settle({ signal: gone.signal })
  gone.abort()
  await settling
  await send(collector, { id: '1' })
  await expect(collector).toHaveNoPersonalData({ timeout: 10 })
  await collector.close()
})

/** A source that is asked, and answers the third time. */
function slowSource(): TraceSource & { asked: number } {
  const { notify, onChange } = createSignal()
  const source = {
    asked: 0,
    spans: () => [],
    onChange,
    summary: () => '',
    async refresh() {
      if (++source.asked === 3) notify()
    },
  }
  return source
}

test('what is found by asking begins the calm anew', async () => {
  const source = slowSource()
  const decided = {
    wanted: 'holds',
    nature: 'falling',
    patience: { timeout: 5_000, settle: 5_000, quiet: 1_200 },
  } as const
  await decide(source, () => ({ state: 'holds', explain: () => '' }), decided)
  // Asked at 0, 500 and 1,000 ms, where it is told: then every 500 ms until 2,200.
  expect(source.asked).toBeGreaterThan(4)
})

test('while a source has not said anything of its own, nothing is believed of what may yet come', async () => {
  const source = { ...slowSource(), pending: () => 'It has not answered.' }
  const patience = { timeout: 50, settle: 50, quiet: 10 }
  for (const wanted of ['holds', 'fails'] as const) {
    const verdict = await decide(source, () => ({ state: wanted, explain: () => 'so far' }), {
      wanted,
      nature: 'open',
      patience,
    })
    expect(verdict.state).toBe('unknown')
    expect(verdict.explain()).toBe('so far\nIt has not answered.')
  }
  const found = { wanted: 'holds', nature: 'rising', patience } as const
  expect((await decide(source, () => ({ state: 'holds', explain: () => '' }), found)).state).toBe('holds')
})
