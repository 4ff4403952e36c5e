import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DEFAULT_LIMITS } from '../otlp/limits'
import type { ReceivedSpan } from '../otlp/received-span'
import type { Delivery } from '../traces/delivery'
import { type OrderTraces, tracesOfOrder } from '../traces/orders'
import { BATCH_MS, elapse, type SettleOptions } from '../traces/settle'
import type { SpanFilter } from '../traces/span-filter'
import type { TraceSource } from '../traces/trace-source'
import { type WaitOptions, waitForSpan } from '../traces/wait-for-span'
import type { CollectorAnswering } from './collector-answer'
import { answerToPreflight, type Reply } from './http-answer'
import { createIntake, type Intake } from './intake'
import { sendReply } from './send-reply'

export interface CollectorOptions {
  /** Default: one that is free. */
  port?: number
  /** Default: `127.0.0.1`, which nobody else reaches. */
  host?: string
  /** The largest body that is read, bytes. Default: 20 MiB. */
  maxBytes?: number
  /**
   * For how long those who send to it keep spans back, ms: so long a matcher waits before it believes that nothing more comes. Default:
   * 5,000, as OpenTelemetry's SDKs do.
   */
  batchMs?: number
  /** What it answers instead of taking what comes; see `Collector.answer`. */
  answer?: CollectorAnswering
}

/** A collector for tests: takes OTLP/HTTP, JSON or protobuf, compressed or not, from any origin, and keeps what came. */
export interface Collector extends TraceSource {
  /** Where spans are to be sent: `http://127.0.0.1:<port>/v1/traces`. */
  readonly url: string
  /** The requests, as they came. */
  readonly deliveries: readonly Delivery[]
  /**
   * What it answers from now on, to see what becomes of a page whose collector is in trouble; undefined: it takes everything. Spans of a request
   * that is not answered with success have not come; the request is among the deliveries, with its status. Preflights are answered as ever.
   */
  answer: CollectorAnswering | undefined
  /** The traces of an order, also those that come later. */
  order(id: string): OrderTraces
  /** Resolves with the first span that fits, come or to come. @throws Error that says what came instead, after `timeout` */
  waitForSpan(filter: SpanFilter, options?: WaitOptions): Promise<ReceivedSpan>
  /** Resolves after `batchMs`: what had ended before has come then. */
  settle(options?: SettleOptions): Promise<void>
  /** Forgets what came: one collector may serve several tests, one after the other. */
  clear(): void
  close(): Promise<void>
}

export async function createCollector({
  port = 0,
  host = '127.0.0.1',
  maxBytes = DEFAULT_LIMITS.maxBytes,
  batchMs = BATCH_MS,
  answer,
}: CollectorOptions = {}): Promise<Collector> {
  const intake = createIntake({ maxBytes }, answer)
  const server = createServer((request, response) => {
    take(request, intake, maxBytes).then(
      (reply) => sendReply(response, reply),
      () => response.destroy(),
    )
  })
  await listen(server, port, host)
  const name = host.includes(':') ? `[${host}]` : host
  const { spans, onChange, summary, deliveries } = intake.log
  const settle = (options?: SettleOptions) => elapse(batchMs, options)
  const source = { spans, onChange, summary, deliveries, settle } satisfies TraceSource
  return {
    ...source,
    get answer() {
      return intake.answer
    },
    set answer(next) {
      intake.answer = next
    },
    url: `http://${name}:${(server.address() as AddressInfo).port}/v1/traces`,
    order: (id) => tracesOfOrder(source, id),
    waitForSpan: (filter, options) => waitForSpan(source, filter, options),
    clear: intake.log.clear,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function take(request: IncomingMessage, intake: Intake, maxBytes: number): Promise<Reply> {
  const headers = request.headers as Record<string, string>
  if (request.method === 'OPTIONS') return answerToPreflight(headers)
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST, OPTIONS' }, body: '' }
  const body = await readUpTo(maxBytes, request)
  const { reply } = await intake.receive({ url: `http://${headers.host}${request.url}`, headers, body })
  return reply
}

/** What is beyond the limit is drawn and dropped: a connection that is cut in mid-upload would take the answer with it. */
async function readUpTo(limit: number, request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size <= limit) chunks.push(chunk)
    size += chunk.length
  }
  return Buffer.concat(chunks)
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
