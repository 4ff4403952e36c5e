import { buildContenders } from '../bench/size.mjs'

/**
 * What the pages are opened with. A test runs in each mode in turn.
 * @typedef {{ key: string, name: string, script: string }} Mode
 */

/** Twice, for a test that passes only now and then proves nothing. */
export const WITHOUT = 'without'

/** @returns {Promise<Mode[]>} those with tracing; the first holds the promise */
export async function buildModes(collector, withPeers) {
  const [ours, ...peers] = await buildContenders()
  const options = (more) => JSON.stringify({ service: 'platform-tests', collector, ...more })
  const order = (more) => `const tracing = ordertrace.startTracing(${options(more)})
    const order = tracing.startOrder('test')
    return order.run`
  return [
    mode('order', 'ordertrace', ours.code, order({ apis: [] })),
    mode(
      'idle',
      'ordertrace, no order open',
      ours.code,
      `ordertrace.startTracing(${options({})}); return (fn) => fn()`,
    ),
    mode('headers', 'ordertrace, headers to the own origin', ours.code, order({ apis: ['/'] })),
    ...(withPeers ? peers : []).map(({ name, code }) => mode('peer', name, code, peer(collector))),
  ]
}

export const without = () => mode('', WITHOUT, '', 'return (fn) => fn()')

const peer = (collector) => `const { tracer } = startPlain(${JSON.stringify(collector)})
  return (fn) => tracer.startActiveSpan('test', (span) => { try { return fn() } finally { span.end() } })`

/** @param {string} start begins tracing and returns what runs a test's code as part of an order */
function mode(key, name, code, start) {
  const script = code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
  return {
    key,
    name,
    // Not in the empty document with which a frame begins: no page would have a script there.
    script: `if (/^https?:$/.test(location.protocol)) {
      ${script};
      const run = (() => { ${start} })()
      Object.defineProperty(self, Symbol.for('platform-tests'), { value: { name: ${JSON.stringify(name)}, run } })
    }`,
  }
}
