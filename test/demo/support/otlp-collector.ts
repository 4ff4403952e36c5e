import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { listen } from './listen'

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number; boolValue?: boolean }
type KeyValue = { key: string; value: Value }

interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  status?: { code?: number; message?: string }
  attributes?: KeyValue[]
  events?: { name: string; attributes?: KeyValue[] }[]
  links?: { traceId: string; spanId: string }[]
}

/** A span as it was received. */
export interface ReceivedSpan extends Omit<OtlpSpan, 'attributes' | 'events'> {
  service: string
  attributes: Record<string, string | number | boolean | undefined>
  events: { name: string; attributes: Record<string, string | number | boolean | undefined> }[]
}

export interface OtlpCollector {
  url: string
  spans: ReceivedSpan[]
  /** The spans of a trace, as soon as they are enough. A test's own timeout ends the wait. */
  waitForTrace(traceId: string, isEnough: (spans: ReceivedSpan[]) => boolean): Promise<ReceivedSpan[]>
  /** The first span that fits, received already or not yet. */
  waitForSpan(fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan>
  stop(): Promise<void>
}

/** A real OTLP/HTTP endpoint that keeps what it receives. */
export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: ReceivedSpan[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const isZipped = request.headers['content-encoding'] === 'gzip'
    spans.push(...decode((isZipped ? gunzipSync(body) : body).toString()))
    response.setHeader('Content-Type', 'application/json')
    response.end('{}')
    for (const check of waiting) check()
  })
  const waitFor = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = () => {
        const found = find()
        if (found === undefined) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })

  return {
    ...(await listen(server)),
    spans,
    waitForTrace: (traceId, isEnough) =>
      waitFor(() => {
        const found = spans.filter((span) => span.traceId === traceId)
        return isEnough(found) ? found : undefined
      }),
    waitForSpan: (fits) => waitFor(() => spans.find(fits)),
  }
}

interface Export {
  resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: OtlpSpan[] }[] }[]
}

function decode(body: string): ReceivedSpan[] {
  return (JSON.parse(body) as Export).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(decodeAttributes(resource.attributes)['service.name'])
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...decodeSpan(span), service })))
  })
}

function decodeSpan(span: OtlpSpan): Omit<ReceivedSpan, 'service'> {
  const events = (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: decodeAttributes(attributes) }))
  return { ...span, attributes: decodeAttributes(span.attributes), events }
}

function decodeAttributes(attributes: KeyValue[] = []): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? value.boolValue ?? value.doubleValue ?? toNumber(value),
    ]),
  )
}

function toNumber({ intValue }: Value): number | undefined {
  return intValue === undefined ? undefined : Number(intValue)
}
