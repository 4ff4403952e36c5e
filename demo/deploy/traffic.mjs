import { randomBytes } from 'node:crypto'

const attribute = ([key, value]) => ({
  key,
  value: typeof value === 'boolean' ? { boolValue: value } : { stringValue: value },
})

/**
 * Traces of two spans each, as a browser and an API make them, and the sending of them.
 * @param {string} url where OTLP/HTTP is taken
 */
export function createTraffic(url) {
  /** @type {Record<string, string[]>} trace ids by what the trace is */
  const sent = {}

  /** One trace; what is no property of the span below is an attribute of its root. */
  function trace(kind, given) {
    const {
      name = 'order.submit',
      service = 'internet-shop',
      status = 0,
      seconds = 0.2,
      ageHours = 0,
      peer,
      ...attributes
    } = given
    const traceId = randomBytes(16).toString('hex')
    sent[kind] = [...(sent[kind] ?? []), traceId]
    const start = BigInt(Date.now() - ageHours * 3_600_000) * 1_000_000n
    const span = (spanId, parentSpanId, rest) => ({
      traceId,
      spanId,
      ...(parentSpanId && { parentSpanId }),
      kind: 1,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + BigInt(Math.round(seconds * 1e9))),
      status: { code: status },
      ...rest,
    })
    const [root, child] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')]
    const of = (name, spans) => ({
      resource: { attributes: [attribute(['service.name', name])] },
      scopeSpans: [{ scope: {}, spans }],
    })
    return [
      of(service, [span(root, undefined, { name, attributes: Object.entries(attributes).map(attribute) })]),
      // A hop that an API makes for it.
      of(peer ? 'shop-api' : service, [
        span(child, root, { name: 'POST', kind: 3, attributes: peer ? [attribute(['peer.service', peer])] : [] }),
      ]),
    ]
  }

  /** Sends traces in one request; resolves to whether they were taken. */
  async function send(traces) {
    const body = JSON.stringify({ resourceSpans: traces.flat() })
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    await response.arrayBuffer()
    return response.ok
  }

  return { trace, send, sent }
}
