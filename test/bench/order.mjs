import { once } from 'node:events'
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { register } from 'tsx/esm/api'
import { encodeRequest } from './otlp-protobuf.mjs'

const BROWSERS = ['internet-shop', 'crm', 'mes-ui']

/**
 * Takes orders through all nine statuses in the company's system and counts what is sent of them on the way.
 * @param {{ orders: number, log: (line: string) => void }} options
 * @returns spans and bytes for one order, in the mean
 */
export async function measureOrders({ orders, log }) {
  const unregister = register()
  const { startSystem } = await import('../../demo/launcher/start-system.ts')
  const { createTraceStore } = await import('../../demo/trace-store/create-trace-store.ts')
  const { walk } = await import('../../demo/walk/walk.ts')
  const store = await createTraceStore()
  const counter = await startCounter(store.url)
  const wire = watchBrowsers()
  const system = await startSystem({ ports: 'any', dataDir: 'temporary', collectorUrl: counter.url, env: {} })
  try {
    for (let order = 1; order <= orders; order++) {
      log(`Order ${order} of ${orders}`)
      const lines = []
      const isWhole = await walk({ ...system, queryUrl: store.url, log: (line) => lines.push(line) })
      if (!isWhole) throw new Error(`The walk was not whole:\n${lines.slice(-20).join('\n')}`)
    }
  } finally {
    await system.stop()
    wire.stop()
  }
  const found = summarize(store.memory.traces(), counter.requests, wire, orders)
  await counter.stop()
  await store.stop()
  await unregister()
  return found
}

/** A collector before the store, which keeps what every sender sent as it was. */
async function startCounter(storeUrl) {
  const requests = []
  const server = createServer(async (request, response) => {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { 'content-type': type, 'content-encoding': encoding } = request.headers
    requests.push({ body, encoding })
    const headers = { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) }
    const answer = await fetch(storeUrl + request.url, {
      method: request.method,
      headers,
      body: body.length ? body : undefined,
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    async stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** What Chromium sends with spans in it, headers included. */
function watchBrowsers() {
  const { launch } = chromium
  const sizes = []
  chromium.launch = async (...args) => {
    const browser = await launch.apply(chromium, args)
    const { newContext } = browser
    browser.newContext = async (...given) => {
      const context = await newContext.apply(browser, given)
      context.on('requestfinished', (request) => {
        if (new URL(request.url()).pathname === '/v1/traces') sizes.push(request.sizes())
      })
      return context
    }
    return browser
  }
  return {
    sizes,
    stop() {
      chromium.launch = launch
    },
  }
}

function summarize(traces, requests, { sizes }, orders) {
  const serviceOf = ({ resource }) => resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue
  const spans = traces.flat()
  const ofOrders = traces.filter((trace) => trace.some(({ span }) => span.name.startsWith('order.')))
  const encoded = traces.map((trace) => encodeRequest({ resourceSpans: groupByResource(trace) }))
  const protobuf = sum(encoded.map((bytes) => bytes.length))
  return Promise.all(sizes).then((found) => ({
    traces: traces.length / orders,
    orderTraces: ofOrders.length / orders,
    spans: spans.length / orders,
    orderSpans: ofOrders.flat().length / orders,
    browserSpans: spans.filter((record) => BROWSERS.includes(serviceOf(record))).length / orders,
    browserRequests: found.length / orders,
    browserWireBytes:
      sum(found.map(({ requestBodySize, requestHeadersSize }) => requestBodySize + requestHeadersSize)) / orders,
    collectorBodyBytes: sum(requests.map(({ body }) => body.length)) / orders,
    // Each request by itself, as an exporter with OTEL_EXPORTER_OTLP_COMPRESSION=gzip does it.
    collectorGzipBytes: sum(requests.map(({ body, encoding }) => (encoding ? body : gzipSync(body)).length)) / orders,
    protobufBytes: protobuf / orders,
    orderProtobufBytes:
      sum(ofOrders.map((trace) => encodeRequest({ resourceSpans: groupByResource(trace) }).length)) / orders,
    // As a producer for Kafka does it, many traces in one.
    compressedBytes: gzipSync(Buffer.concat(encoded)).length / orders,
    protobufBytesPerSpan: protobuf / spans.length,
  }))
}

/** As a batch holds them: what is said of a service once for all its spans. */
function groupByResource(trace) {
  const groups = new Map()
  for (const { span, resource, scope } of trace) {
    const key = JSON.stringify([resource, scope])
    if (!groups.has(key)) groups.set(key, { resource, scopeSpans: [{ scope, spans: [] }] })
    groups.get(key).scopeSpans[0].spans.push(span)
  }
  return [...groups.values()]
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
