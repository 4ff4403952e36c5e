import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { BlockList } from 'node:net'
import { isSameKey } from '../parts/door/handed-on'
import { createReadClient } from '../parts/http/client-address'
import { limitConnections } from '../parts/http/limit-connections'
import { cleanRequest } from './clean-request'
import { allowOrigin, answerPreflight } from './cors'
import { type Counters, createCounters } from './counters'
import { DoorRefusal } from './door-refusal'
import { letBodyEnd } from './let-body-end'
import { type DoorLimits, doorLimits } from './limits'
import { type PartialSuccess, writeFailure, writeSuccess } from './otlp-answers'
import { createPlaces } from './places'
import { createRates } from './rates'
import { SenderGone } from './read-body'
import { readFormat, readRequest } from './read-request'
import { readSender, type SenderRules } from './senders'
import type { ToStore } from './to-store'

export interface DoorOptions extends Omit<SenderRules, 'readClient'> {
  /** Those that are believed whose connection they hand on. */
  proxies: BlockList
  toStore: ToStore
  /** Default {@link doorLimits}. */
  limits?: DoorLimits
}

export interface Door {
  server: Server
  counters: Counters
}

/**
 * Creates the door between browsers and the store of traces: `POST /v1/traces`, OTLP/HTTP. Nobody passes but pages of ours, and nothing but
 * spans of ours, so many of each sender as are no trouble to the others.
 */
export function createDoor(options: DoorOptions): Door {
  const { limits = doorLimits, toStore, key, proxies } = options
  const rules = { ...options, readClient: createReadClient(proxies) }
  const counters = createCounters()
  const rates = createRates(limits)
  const places = createPlaces(limits)
  /** Where the servers of the UIs are, and when they last showed the key. All browsers come by way of them. */
  const servers = new Map<string, number>()
  const isServer = (address: string) => Date.now() - (servers.get(address) ?? 0) < rememberedMs

  async function take(request: IncomingMessage, response: ServerResponse): Promise<PartialSuccess> {
    const sender = readSender(request, rules)
    if (sender.foreignOrigin) allowOrigin(response, sender.foreignOrigin)
    else servers.set(request.socket.remoteAddress ?? '', Date.now())
    await rates.request(sender)
    if (!readFormat(request)) {
      throw new DoorRefusal('wrong_type', 'spans come as application/json or application/x-protobuf')
    }
    const giveBack = places.take(sender.client)
    try {
      const given = await readRequest(request, limits)
      const clean = cleanRequest(given, { ...sender, limits, now: Date.now() })
      const refusedSpans = [...clean.refused.values()].reduce((sum, count) => sum + count, 0)
      await rates.spans(sender, clean.kept + refusedSpans)
      // Also when there is nothing: the SDK asks how the store is by a request without spans.
      const stored = clean.kept > 0 || refusedSpans === 0 ? await toStore(clean.request) : nothing
      counters.span('kept', clean.kept)
      counters.span('unconfirmed', clean.unconfirmed)
      counters.attributesDropped(clean.droppedAttributes)
      for (const [reason, count] of clean.refused) counters.span(reason, count)
      const reasons = [...clean.refused.keys(), ...(stored.message ? [stored.message] : [])]
      return { rejectedSpans: refusedSpans + stored.rejectedSpans, message: reasons.join('; ') }
    } finally {
      giveBack()
    }
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const format = readFormat(request) ?? 'json'
    try {
      if (request.method !== 'POST') throw new DoorRefusal('method', 'only POST is taken here')
      const { type, body } = writeSuccess(format, await take(request, response))
      counters.request('taken')
      response.writeHead(200, { 'Content-Type': type }).end(body)
    } catch (error) {
      if (error instanceof SenderGone) return counters.request('gone')
      const refusal = toRefusal(error)
      counters.request(refusal.code)
      await letBodyEnd(request)
      if (refusal.retryAfterSeconds) response.setHeader('Retry-After', refusal.retryAfterSeconds)
      if (!request.complete) response.setHeader('Connection', 'close')
      const { type, body } = writeFailure(format, refusal)
      response.writeHead(refusal.status, { 'Content-Type': type }).end(body)
    }
  }

  const server = createServer(
    { headersTimeout: limits.headersMs, connectionsCheckingInterval: 1000 },
    (request, response) => {
      const path = request.url?.split('?', 1)[0]
      response.setHeader('X-Content-Type-Options', 'nosniff')
      response.setHeader('Vary', 'Origin')
      if (path === '/health') return void response.end('ok')
      if (path === '/metrics' && isSameKey(request.headers.authorization ?? '', `Bearer ${key}`))
        return void response.end(counters.text(places.taken))
      if (path !== '/v1/traces') return void response.writeHead(404).end()
      if (request.method === 'OPTIONS')
        return answerPreflight(request, response, options.origins.has(request.headers.origin ?? ''))
      receive(request, response).catch((error: unknown) => {
        console.error(error)
        response.destroy()
      })
    },
  )
  return { server: limitConnections(server, proxies, isServer), counters }
}

/** What was not foreseen is a batch's own fault: with a 5xx it would come again and again, and hold up those behind it. */
function toRefusal(error: unknown): DoorRefusal {
  if (error instanceof DoorRefusal) return error
  console.error(error)
  return new DoorRefusal('malformed', 'this request cannot be read')
}

/** An address may be somebody else's by then. */
const rememberedMs = 600_000

const nothing = { rejectedSpans: 0, message: '' }
