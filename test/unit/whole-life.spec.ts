import { expect, test } from '@playwright/test'
import { describeLife } from '../../src/analyst/order-life'
import { sayHopState, sayVerdict, wordsIn } from '../../src/analyst/say'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeTrace, traceIdOf } from '../support/traces'
import { type LifeStepName, lifeSteps, makeLife } from '../support/whole-life'

const life = (traces: readonly JaegerTrace[]) => describeLife(traces, 'o-1', EPOCH_MS + 3_600_000)
const verdict = (traces: readonly JaegerTrace[]) => sayVerdict(life(traces).verdict, wordsIn('en'))
/** As far as it had come with this step. */
const until = (step: LifeStepName, traces: JaegerTrace[]) => traces.slice(0, lifeSteps.indexOf(step) + 1)

test('the whole life of an order is nine steps over shop, CRM and MES, and all is well', () => {
  const { steps, otherTraces } = life([...makeLife()].reverse())
  expect(steps.map(({ step }) => step)).toEqual(lifeSteps)
  expect([new Set(steps.map(({ service }) => service)).size, otherTraces]).toEqual([3, 0])
  expect(steps.every(({ state, userId }) => state === 'good' && userId === 'u-7')).toBe(true)
  expect(verdict(makeLife())).toBe('Nothing failed and nothing was slow. The last step was the closing.')
  expect(verdict(until('approve', makeLife()))).toContain('The last step was the approval.')
})

test('a page that was left does not end an order that was saved', () => {
  const left = makeLife({ submit: { outcome: 'abandoned' } })
  expect(verdict(left)).toContain('Nothing failed')
  // Its message arrived: nobody has to wait for the next step to know.
  expect(verdict(until('submit', left))).toContain('Nothing failed')
  const stopped = makeLife({ take: { outcome: 'abandoned' } })
  expect(verdict(until('take', stopped))).toBe(
    'The page was left during the taking on: the order did not come any further.',
  )
  expect(verdict(until('start', stopped))).toContain('Nothing failed')
})

test('a look that failed holds nothing up, and makes nothing good', () => {
  const look = (outcome: 'failed' | 'confirmed', at: number) =>
    makeTrace(
      [
        {
          ...{ id: 'look', service: 'crm', name: 'order.model', from: at, to: at + 100 },
          ...(outcome === 'failed' && { failed: 'no model' }),
          attributes: { 'order.step': 'model', 'order.outcome': outcome, order_id: 'o-1' },
        },
      ],
      traceIdOf(99),
    )
  const failed = look('failed', 90_000)
  expect(verdict([...until('approve', makeLife()), failed])).toContain('Nothing failed')
  expect(verdict([...until('price', makeLife()), failed])).toContain('The look at the model failed')
  const refused = until('approve', makeLife({ approve: { outcome: 'failed', isBroken: true } }))
  expect(verdict([...refused, look('confirmed', 150_000)])).toBe(
    'The approval failed at the database shop-db: broken. Nothing after it has happened.',
  )
})

test('what failed and was tried again in a step that was confirmed is repeated, and no failure of the order', () => {
  const put = { id: 'put', kind: 'client' as const, attributes: { 'peer.service': '3d-files' }, name: 'PutObject' }
  const more = [
    { ...put, id: 'put-1', from: 21, to: 23, failed: '503' },
    { ...put, id: 'put-2', from: 24, to: 28 },
  ]
  const repeated = life(makeLife({ submit: { more } }))
  expect(sayVerdict(repeated.verdict, wordsIn('en'))).toBe(
    'The order went on. In the submission the file storage 3d-files failed (503), and was repeated or done without.',
  )
  const hop = repeated.steps[0]?.hops.find((found) => found.hop === 'files:3d-files')
  expect(hop && sayHopState(hop, wordsIn('en'))).toBe('failed, and repeated')
  expect(repeated.steps[0]?.hops.filter(({ state }) => state === 'failed')).toEqual([])
})

test('a step whose page was not heard of is told by what the servers did', () => {
  for (const lost of ['page', 'operation'] as const) {
    const well = life(makeLife({ approve: { lost } }))
    expect(well.steps.map(({ step }) => step)).toContain('POST /api/orders/:id/approve')
    expect([well.steps.length, well.otherTraces, well.verdict.kind]).toEqual([9, 0, 'good'])
    expect(verdict(until('submit', makeLife({ submit: { lost, isBroken: true } }))), lost).toBe(
      'The POST /api/orders/:id/submit failed at the database shop-db: broken. Nothing after it has happened.',
    )
  }
})

test('a step that went on on a later page is one step', () => {
  const page = { service: 'internet-shop', name: 'order.submit' }
  const said = (outcome: string) => ({ 'order.step': 'submit', 'order.outcome': outcome, order_id: 'o-1' })
  for (const parent of [undefined, '1']) {
    const trace = makeTrace([
      { ...page, id: '1', from: 0, to: 100, attributes: said('continued') },
      { ...page, id: '2', ...(parent && { parent }), from: 400, to: 600, attributes: said('confirmed') },
    ])
    expect(life([trace]).steps).toMatchObject([{ step: 'submit', ms: 600, outcome: 'confirmed', state: 'good' }])
  }
})

test('traces that are no steps are said to be there', () => {
  const looked = (id: number) =>
    makeTrace(
      [
        { id: 'get', service: 'crm', kind: 'client', name: 'GET', from: 0, to: 50 },
        {
          ...{ id: 'server', parent: 'get', service: 'crm-api', kind: 'server', name: 'GET /api/orders/:id' },
          ...{ from: 10, to: 40, attributes: { order_id: 'o-1' } },
        },
      ],
      traceIdOf(id),
    )
  expect(verdict([looked(1), looked(2)])).toContain('2 traces name this order, and none is a step of it')
  expect(verdict([])).toContain('No trace names this order')
})
