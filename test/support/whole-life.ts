import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { makeTrace, type SpanSpec, traceIdOf } from './traces'

const toMes = { queue: 'orders-for-mes', to: 'mes-api' }
const toCrm = { queue: 'statuses-from-mes', to: 'crm-api' }

/** The steps of an order from the customer to the end, one a minute. */
const STEPS = [
  { ui: 'internet-shop', step: 'submit', api: 'shop-api', database: 'shop-db', message: toMes },
  { ui: 'mes-ui', step: 'price', api: 'mes-api', database: 'mes-db', message: toCrm },
  { ui: 'crm', step: 'approve', api: 'crm-api', database: 'shop-db', message: toMes },
  { ui: 'mes-ui', step: 'take', api: 'mes-api', database: 'mes-db', message: undefined },
  { ui: 'mes-ui', step: 'start', api: 'mes-api', database: 'mes-db', message: toCrm },
  { ui: 'mes-ui', step: 'complete', api: 'mes-api', database: 'mes-db', message: toCrm },
  { ui: 'mes-ui', step: 'package', api: 'mes-api', database: 'mes-db', message: toCrm },
  { ui: 'crm', step: 'ship', api: 'crm-api', database: 'shop-db', message: toMes },
  { ui: 'crm', step: 'close', api: 'crm-api', database: 'shop-db', message: undefined },
] as const

export type LifeStepName = (typeof STEPS)[number]['step']

export const lifeSteps: readonly LifeStepName[] = STEPS.map(({ step }) => step)

/** What went otherwise in a step. */
export interface StepTrouble {
  outcome?: 'failed' | 'abandoned'
  /** The database failed, and the API with it. */
  isBroken?: boolean
  /** The page's part was lost on the way, or only its operation. */
  lost?: 'page' | 'operation'
  /** Spans more, under `server`; times after the step began. */
  more?: SpanSpec[]
}

/** The whole life of an order over shop, CRM and MES, a trace for each step. */
export function makeLife(trouble: Partial<Record<LifeStepName, StepTrouble>> = {}, orderId = 'o-1'): JaegerTrace[] {
  return STEPS.map((own, index) => {
    const at = index * 60_000
    const { ui, step, api, database, message } = own
    const { outcome = 'confirmed', isBroken = false, lost, more = [] } = trouble[step] ?? {}
    const broken = isBroken ? { failed: 'broken' } : {}
    const ids = { order_id: orderId, user_id: 'u-7' }
    const page: SpanSpec[] = [
      {
        ...{ id: 'root', service: ui, name: `order.${step}`, from: at, to: at + 100, ...broken },
        attributes: { 'order.step': step, 'order.outcome': outcome, ...ids },
      },
      { id: 'post', parent: 'root', service: ui, name: 'POST', kind: 'client', from: at + 10, to: at + 90, ...broken },
    ]
    const servers: SpanSpec[] = [
      {
        ...{ id: 'server', parent: 'post', service: api, name: `POST /api/orders/:id/${step}`, kind: 'server' },
        ...{ from: at + 20, to: at + 80, ...broken, attributes: ids },
      },
      {
        ...{
          id: 'update',
          parent: 'server',
          service: api,
          name: 'pg.query',
          kind: 'client',
          from: at + 30,
          to: at + 60,
        },
        ...broken,
        attributes: { 'peer.service': database, 'db.system.name': 'postgresql' },
      },
    ]
    const sent = message && { 'messaging.destination.name': message.queue, 'messaging.message.id': `m-${step}` }
    const messages: SpanSpec[] =
      !message || !sent || isBroken
        ? []
        : [
            {
              id: 'publish',
              parent: 'server',
              service: api,
              kind: 'producer',
              from: at + 80,
              to: at + 85,
              attributes: sent,
            },
            {
              ...{ id: 'process', parent: 'publish', service: message.to, kind: 'consumer' },
              ...{ from: at + 110, to: at + 130, attributes: sent },
            },
          ]
    const rest = more.map((spec) => ({
      parent: 'server',
      service: api,
      ...spec,
      from: at + spec.from,
      to: at + spec.to,
    }))
    const kept = lost === 'page' ? [] : lost === 'operation' ? page.slice(1) : page
    return makeTrace([...kept, ...servers, ...rest, ...messages], traceIdOf(index + 1))
  })
}
