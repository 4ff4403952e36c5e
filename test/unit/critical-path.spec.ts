import { expect, test } from '@playwright/test'
import { adoptOrphans } from '../../src/analyst/adopt-orphans'
import { alignClocks } from '../../src/analyst/align-clocks'
import { findCriticalPath } from '../../src/analyst/critical-path'
import { buildSpanTree, type SpanNode } from '../../src/analyst/span-tree'
import { jaegerCriticalPath } from '../support/jaeger-critical-path'
import { makeTrace, type SpanSpec } from '../support/traces'

const root = (specs: SpanSpec[]): SpanNode => {
  const tree = buildSpanTree(makeTrace(specs))
  const [first] = tree.roots
  if (!first) throw new Error('no root')
  adoptOrphans(tree, first)
  alignClocks({ ...tree, roots: [first] })
  return first
}
/** The path as `span from–to`, by time, in ms since the root began. */
const path = (specs: SpanSpec[]) => {
  const top = root(specs)
  return findCriticalPath(top).map(
    ({ node, start, end }) => `${node.span.spanId} ${start - top.start}–${end - top.start}`,
  )
}

const order = { id: 'order', service: 'internet-shop', from: 0, to: 100 }

test('one after the other: each child, and the parent between them', () => {
  expect(
    path([order, { id: 'a', parent: 'order', from: 10, to: 40 }, { id: 'b', parent: 'order', from: 60, to: 90 }]),
  ).toEqual(['order 0–10', 'a 10–40', 'order 40–60', 'b 60–90', 'order 90–100'])
})

test('overlapping children: what finished last, and before it what had finished when that began', () => {
  expect(
    path([
      order,
      { id: 'early', parent: 'order', from: 0, to: 30 },
      { id: 'beside', parent: 'order', from: 20, to: 80 },
      { id: 'last', parent: 'order', from: 40, to: 100 },
    ]),
  ).toEqual(['early 0–30', 'order 30–40', 'last 40–100'])
})

test('children longer than their parent count as far as the parent lasted, and so do theirs', () => {
  expect(
    path(
      [
        order,
        { id: 'a', parent: 'order', from: -20, to: 30 },
        { id: 'b', parent: 'order', from: 50, to: 150 },
        { id: 'c', parent: 'b', from: 60, to: 140 },
        { id: 'after', parent: 'order', from: 110, to: 120 },
        { id: 'before', parent: 'order', from: -50, to: -30 },
      ].map((spec) => ({ service: 'internet-shop', ...spec })),
    ),
  ).toEqual(['a 0–30', 'order 30–50', 'b 50–60', 'c 60–100'])
})

test('a message that is handled after the end, or before it, is not waited for', () => {
  const publish: SpanSpec = { id: 'publish', parent: 'order', kind: 'producer', from: 20, to: 30 }
  for (const [from, to] of [
    [25, 90],
    [150, 300],
  ] as const) {
    const process: SpanSpec = { id: 'process', parent: 'publish', service: 'mes-api', kind: 'consumer', from, to }
    expect(path([order, publish, process]), String(from)).toEqual(['order 0–20', 'publish 20–30', 'order 30–100'])
  }
})

test('a clock that is wrong between browser and server moves nothing on the path', () => {
  const skewed = (offset: number): SpanSpec[] => [
    order,
    { id: 'post', service: 'internet-shop', parent: 'order', kind: 'client', from: 10, to: 90 },
    { id: 'server', parent: 'post', kind: 'server', from: 20 + offset, to: 80 + offset },
    { id: 'insert', parent: 'server', kind: 'client', from: 30 + offset, to: 70 + offset },
  ]
  const right = [
    'order 0–10',
    'post 10–20',
    'server 20–30',
    'insert 30–70',
    'server 70–80',
    'post 80–90',
    'order 90–100',
  ]
  for (const offset of [0, -3_600_000, 5_000, -15]) expect(path(skewed(offset)), String(offset)).toEqual(right)
})

test('clocks are compared over all requests of a service, and one that was cut off says nothing', () => {
  const specs: SpanSpec[] = [
    { ...order, to: 300 },
    { id: 'one', service: 'internet-shop', parent: 'order', kind: 'client', from: 10, to: 60 },
    { id: 'in-one', parent: 'one', kind: 'server', from: 1015, to: 1055 },
    // The browser gave up, and the server went on.
    { id: 'two', service: 'internet-shop', parent: 'order', kind: 'client', from: 100, to: 150 },
    { id: 'in-two', parent: 'two', kind: 'server', from: 1110, to: 1400 },
  ]
  const nodes = new Map(
    root(specs).children.flatMap(({ children }) => children.map((node) => [node.span.spanId, node])),
  )
  expect([nodes.get('in-one')?.start, nodes.get('in-two')?.start]).toEqual([15, 110])
})

test('a parent that is missing costs its part and no more', () => {
  // The server's own span was lost; what it did is known.
  const specs: SpanSpec[] = [
    order,
    { id: 'post', service: 'internet-shop', parent: 'order', kind: 'client', from: 10, to: 90 },
    { id: 'insert', parent: 'lost', kind: 'client', from: 30, to: 70 },
  ]
  expect(path(specs)).toEqual(['order 0–10', 'post 10–30', 'insert 30–70', 'post 70–90', 'order 90–100'])
})

test('spans whose times are rounded follow each other all the same', () => {
  const specs: SpanSpec[] = [
    order,
    { id: 'put', parent: 'order', from: 10, to: 60.7 },
    { id: 'select', parent: 'order', from: 60, to: 62.3 },
    { id: 'insert', parent: 'order', from: 62, to: 80 },
  ]
  expect(path(specs)).toEqual(['order 0–10', 'put 10–60', 'select 60–62', 'insert 62–80', 'order 80–100'])
})

test('spans that name each other as parents, or themselves, end no walk', () => {
  const specs: SpanSpec[] = [
    order,
    { id: 'a', parent: 'b', from: 10, to: 40 },
    { id: 'b', parent: 'a', from: 10, to: 50 },
    { id: 'c', parent: 'c', from: 10, to: 50 },
  ]
  expect(path(specs)).toEqual(['order 0–100'])
})

/** Ours, and that of Jaeger's page, of the same tree. */
const bothPaths = (specs: SpanSpec[]) => ({ ours: path(specs), jaeger: jaegerCriticalPath(root(specs)) })

test('unlike Jaeger’s page: a child that ended when the next one began was waited for', () => {
  const { ours, jaeger } = bothPaths([
    order,
    { id: 'a', parent: 'order', from: 10, to: 50 },
    { id: 'b', parent: 'order', from: 50, to: 90 },
  ])
  expect(ours).toEqual(['order 0–10', 'a 10–50', 'b 50–90', 'order 90–100'])
  expect(jaeger).toEqual(['order 0–50', 'b 50–90', 'order 90–100'])
})

test('unlike Jaeger’s page: an overlap as small as the rounding of clocks is none, however long the children last', () => {
  const overlapping = (ms: number) => [
    { ...order, to: 10_000 },
    { id: 'a', parent: 'order', from: 0, to: 5000 + ms },
    { id: 'b', parent: 'order', from: 5000, to: 10_000 },
  ]
  const small = bothPaths(overlapping(1.5))
  expect(small.ours).toEqual(['a 0–5000', 'b 5000–10000'])
  expect(small.jaeger).toEqual(['order 0–5000', 'b 5000–10000'])
  // Half a second is a fact: nobody waited for what ended after its follower had begun.
  for (const beside of [1.6, 500]) expect(path(overlapping(beside))).toEqual(['order 0–5000', 'b 5000–10000'])
})

test('unlike Jaeger’s page: the handling of a message is not waited for, also where its sending was not traced', () => {
  const handle: SpanSpec = { id: 'handle', parent: 'order', kind: 'consumer', from: 20, to: 50 }
  const alone = bothPaths([order, handle])
  expect(alone.ours).toEqual(['order 0–100'])
  expect(alone.jaeger).toEqual(['order 0–20', 'handle 20–50', 'order 50–100'])
  // Where it was, both agree: the sending is waited for, and the handling is not.
  const send: SpanSpec = { id: 'send', parent: 'order', kind: 'producer', from: 10, to: 60 }
  const { ours, jaeger } = bothPaths([order, send, { ...handle, parent: 'send' }])
  expect(ours).toEqual(['order 0–10', 'send 10–60', 'order 60–100'])
  expect(jaeger).toEqual(ours)
})

test('the pieces cover the root exactly, and agree with the algorithm of Jaeger’s page, on traces of every shape', () => {
  let seed = 7
  const random = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
  let compared = 0
  for (let round = 0; round < 400; round++) {
    const specs: SpanSpec[] = [{ ...order, service: 'shop-api', to: 1001 }]
    for (let index = 1; index <= 3 + random(12); index++) {
      // Begun at even moments and ended at odd ones, none is adjacent to another.
      const from = 2 * random(550) - 50
      const parent = specs[random(specs.length)]
      const kind = parent?.kind === 'producer' ? 'consumer' : random(4) === 0 ? 'producer' : 'internal'
      specs.push({ id: `s${index}`, parent: parent?.id ?? 'order', from, to: from + 1 + 2 * random(200), kind })
    }
    const tree = root(specs)
    const ours = findCriticalPath(tree, 0)
    let time = tree.start
    for (const { start, end } of ours) {
      expect(start).toBeCloseTo(time, 6)
      expect(end).toBeGreaterThan(start)
      time = end
    }
    expect(time).toBeCloseTo(tree.end, 6)
    // Where two end at the same moment, either may be meant.
    if (new Set(specs.map(({ to }) => to)).size < specs.length) continue
    compared++
    const lines = ours.map(({ node, start, end }) => `${node.span.spanId} ${start}–${end}`)
    expect(lines, JSON.stringify(specs)).toEqual(jaegerCriticalPath(tree))
  }
  expect(compared).toBeGreaterThan(200)
})
