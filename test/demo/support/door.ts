import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createDoor } from '../../../demo/door/create-door'
import { type DoorLimits, doorLimits } from '../../../demo/door/limits'
import { createToStore } from '../../../demo/door/to-store'
import { type HandedOn, writeHandedOn } from '../../../demo/parts/door/handed-on'
import { readTrustedProxies } from '../../../demo/parts/http/client-address'
import { type OtlpCollector, startOtlpCollector } from './otlp-collector'
import { BASE_MS, exportRequest, type SpanSpec } from './otlp-spans'

export const key = 'the-key-of-the-test'
/** A page that sends from its own origin. */
export const foreignPage = 'https://crm.example'

export interface TestDoor {
  url: string
  collector: OtlpCollector
  /** The headers of a request that the server of a UI hands on. */
  handedOn(sender?: Partial<HandedOn>): Record<string, string>
  /** Sends JSON by way of a UI's server. */
  post(body: BodyInit, headers?: Record<string, string>, sender?: Partial<HandedOn>): Promise<Response>
  /** How often it came to that, as the counters say. */
  counted(what: 'requests' | 'spans', outcome: string): Promise<number>
  /** How many requests it reads now. */
  open(): Promise<number>
  stop(): Promise<void>
}

/** A name that a page may give a span, out of any text. */
export const nameOf = (text: string) => `order.${text.replace(/[^A-Za-z0-9_.-]+/g, '_')}`

/** An export request of spans that begin now, or so many ms later. */
export function requestNow(...specs: SpanSpec[]): string {
  const now = Date.now() - BASE_MS
  return JSON.stringify(
    exportRequest(...specs.map((spec) => ({ name: 'order.test', ...spec, start: now + (spec.start ?? 0) }))),
  )
}

/** The door alone, before a collector. */
export async function startDoor(
  limits: Partial<DoorLimits> = {},
  { origin = foreignPage, store, proxies = '' }: { origin?: string; store?: string; proxies?: string } = {},
): Promise<TestDoor> {
  const collector = await startOtlpCollector()
  const { server } = createDoor({
    key,
    origins: new Map([[origin, 'crm']]),
    proxies: readTrustedProxies(proxies),
    toStore: createToStore(store ?? collector.url, 1000),
    limits: { ...doorLimits, ...limits },
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const handedOn = (sender: Partial<HandedOn> = {}) => {
    const pairs = writeHandedOn({ service: 'internet-shop', login: 'none', client: '192.0.2.1', ...sender }, key)
    return Object.fromEntries(pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, pairs[at + 1] ?? '']] : [])))
  }
  const readMetric = async (name: string) => {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await response.text())?.[1] ?? 0)
  }
  return {
    url,
    collector,
    handedOn,
    post: (body, headers = {}, sender) =>
      fetch(`${url}/v1/traces`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...handedOn(sender), ...headers },
      }),
    counted: (what, outcome) => readMetric(`door_${what}_total{outcome="${outcome}"}`),
    open: () => readMetric('door_requests_open'),
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await collector.stop()
    },
  }
}
