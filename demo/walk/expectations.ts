import {
  type Expected,
  expectProcess,
  expectPublish,
  expectRequest,
  expectSpan,
  expectStatement,
} from './expected-span'
import type { TraceSpan } from './trace-span'

/** What the trace of one step of an order must hold: one root, and what it leads to. */
export interface StepExpectation {
  /** `service.name` of the UI. */
  service: string
  /** `submit`, `price`… */
  step: string
  spans: Expected[]
}

const insertOrders = /insert\s+into\s+"?orders\b/i
const updateOrders = /update\s+"?orders\b/i

/** What each step of an order leads to, the name of the step as in its root `order.<step>`. */
export const stepExpectations = {
  submit: expectStep('internet-shop', 'submit', 'shop-api', (server) => [
    expectSpan({ what: 'PutObject into the 3D file storage', service: 'shop-api', name: /PutObject$/, under: server }),
    expectStatement({ service: 'shop-api', statement: insertOrders, under: server }),
    ...expectMessage({ from: 'shop-api', to: 'mes-api', queue: 'orders-for-mes', statement: insertOrders }, server),
  ]),
  price: expectMove('price'),
  model: expectStep('crm', 'model', 'crm-api', (server) => [
    expectStatement({ service: 'crm-api', statement: /select\b.*\bfrom\s+"?orders\b/is, under: server }),
    expectSpan({ what: 'GetObject from the 3D file storage', service: 'crm-api', name: /GetObject$/, under: server }),
  ]),
  approve: expectApproval('approve'),
  take: expectStep('mes-ui', 'take', 'mes-api', (server) => [
    expectStatement({ service: 'mes-api', statement: updateOrders, under: server }),
  ]),
  start: expectMove('start'),
  complete: expectMove('complete'),
  package: expectMove('package'),
  ship: expectApproval('ship'),
  close: expectStep('crm', 'close', 'crm-api', (server) => [
    expectStatement({ service: 'crm-api', statement: updateOrders, under: server }),
  ]),
} satisfies Record<string, StepExpectation>

/** Says in words what the trace of one step lacks; empty when it is whole. */
export function missingFrom(
  spans: TraceSpan[],
  { expectation, orderId, before }: { expectation: StepExpectation; orderId: string; before?: string | undefined },
): string[] {
  return [
    ...expectation.spans.flatMap((expected) => missingSpan(expected, spans)),
    ...spans.flatMap((span) => missingIds(span, orderId)),
    ...severalUsers(spans),
    ...severalTraces(spans),
    ...orphans(spans),
    ...missingLink(spans, before),
  ]
}

/** A step of an operator that changes the status, and of which the shop's side must hear. */
function expectMove(step: string): StepExpectation {
  const message = { from: 'mes-api', to: 'crm-api', queue: 'statuses-from-mes', statement: updateOrders }
  return expectStep('mes-ui', step, 'mes-api', (server) => [
    expectStatement({ service: 'mes-api', statement: updateOrders, under: server }),
    ...expectMessage(message, server),
  ])
}

/** A step of a manager of which the MES must hear. */
function expectApproval(step: string): StepExpectation {
  const message = { from: 'crm-api', to: 'mes-api', queue: 'orders-for-mes', statement: updateOrders }
  return expectStep('crm', step, 'crm-api', (server) => [
    expectStatement({ service: 'crm-api', statement: updateOrders, under: server }),
    ...expectMessage(message, server),
  ])
}

function expectStep(
  service: string,
  step: string,
  api: string,
  inApi: (server: Expected) => Expected[],
): StepExpectation {
  const root = expectSpan({ what: `the operation \`order.${step}\` of ${service}`, service, name: `order.${step}` })
  const request = expectRequest({ what: "the browser's request span", service, kind: 'client', under: root })
  const server = expectRequest({ what: `the server span of ${api}`, service: api, kind: 'server', under: request })
  return { service, step, spans: [root, request, server, ...inApi(server)] }
}

function expectMessage(
  { from, to, queue, statement }: { from: string; to: string; queue: string; statement: RegExp },
  server: Expected,
): Expected[] {
  const publish = expectPublish({ service: from, queue, under: server })
  const process = expectProcess({ service: to, queue, under: publish })
  return [publish, process, expectStatement({ service: to, statement, under: process })]
}

function missingSpan({ what, is, under }: Expected, spans: TraceSpan[]): string[] {
  const candidates = spans.filter(is)
  if (candidates.length === 0) return [`no span for ${what}`]
  if (!under) return []
  const placed = candidates.some((span) => ancestors(span, spans).some(under.is))
  return placed ? [] : [`${what} is not under ${under.what}`]
}

function missingIds(span: TraceSpan, orderId: string): string[] {
  const name = `${span.service}: ${span.name}`
  const found = span.attributes.order_id
  return [
    ...(found === orderId ? [] : [`order_id on "${name}" is ${found ?? 'missing'}, expected ${orderId}`]),
    ...(span.attributes.user_id ? [] : [`user_id on "${name}" is missing`]),
  ]
}

function severalUsers(spans: TraceSpan[]): string[] {
  const users = new Set(spans.flatMap((span) => span.attributes.user_id ?? []))
  return users.size > 1 ? [`the spans name ${users.size} users: ${[...users].join(', ')}`] : []
}

function severalTraces(spans: TraceSpan[]): string[] {
  const traces = new Set(spans.map((span) => span.traceId))
  return traces.size > 1 ? [`the step is spread over ${traces.size} traces: ${[...traces].join(', ')}`] : []
}

function orphans(spans: TraceSpan[]): string[] {
  const known = new Set(spans.map((span) => span.spanId))
  return spans
    .filter((span) => span.parentSpanId && !known.has(span.parentSpanId))
    .map((span) => `the parent of "${span.service}: ${span.name}" (${span.parentSpanId}) is missing`)
}

/** Only by its link does a step say which came before it. */
function missingLink(spans: TraceSpan[], before: string | undefined): string[] {
  if (!before || spans.some(({ links }) => links.some(({ traceId }) => traceId === before))) return []
  return [`no span links to the step before, trace ${before}`]
}

function ancestors(span: TraceSpan, spans: TraceSpan[]): TraceSpan[] {
  const found: TraceSpan[] = []
  let next = spans.find((candidate) => candidate.spanId === span.parentSpanId)
  // A cycle of parents cannot happen in an honest trace, yet a walk must not hang on a dishonest one.
  while (next && !found.includes(next)) {
    const parentId: string | undefined = next.parentSpanId
    found.push(next)
    next = spans.find((candidate) => candidate.spanId === parentId)
  }
  return found
}
