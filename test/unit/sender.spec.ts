import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
import { UNREACHABLE } from '../../src/delivery/answer'
import { plain } from '../../src/delivery/compress'
import { createSender, describeRequests, type SenderParts } from '../../src/delivery/sender'
import { type AnsweringServer, startAnswering } from '../support/answering-server'

const KIB = 1024
const ACCEPTED = { kind: 'accepted', rejectedSpans: 0 }
const accept = (_: IncomingMessage, response: ServerResponse) => void response.end('{}')
const breakOff = (request: IncomingMessage) => void request.socket.destroy()
const hang = () => {}
const bytes = (length: number) => plain('x'.repeat(length))

const servers: AnsweringServer[] = []
const { timeout } = AbortSignal
test.afterEach(async () => {
  AbortSignal.timeout = timeout
  for (const server of servers.splice(0)) await server.stop()
})

/** A sender, and the collector to which it sends; `inits` is what `fetch` was given. */
async function open(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  parts?: Partial<SenderParts>,
) {
  const collector = { answer }
  const server = await startAnswering((_, response, request) => collector.answer(request, response))
  servers.push(server)
  const inits: RequestInit[] = []
  const sender = createSender({
    ...describeRequests(`${server.url}/v1/traces`),
    nativeFetch(url, init = {}) {
      inits.push(init)
      return fetch(url, init)
    },
    onAnswer() {},
    now: () => 0,
    ...parts,
  })
  const send = (length: number, isLeaving = false, isQuestion = false) =>
    sender.send(bytes(length), isLeaving, isQuestion)
  return Object.assign(collector, { sender, send, server, inits })
}

test('a request brings the body and says how it is written', async () => {
  const got: unknown[] = []
  const { sender } = await open(async (request, response) => {
    const { 'content-type': type, 'content-encoding': encoding } = request.headers
    got.push([request.method, request.url, type, encoding, await text(request)])
    response.end('{"partialSuccess":{"rejectedSpans":"2"}}')
  })
  const { answer } = sender.send(plain('Größe'), false, false)
  expect(await answer).toEqual({ kind: 'accepted', rejectedSpans: 2 })
  await sender.send({ ...plain('as if it were'), encoding: 'gzip' }, false, false).answer
  expect(got).toEqual([
    ['POST', '/v1/traces', 'application/json', undefined, 'Größe'],
    ['POST', '/v1/traces', 'application/json', 'gzip', 'as if it were'],
  ])
})

test('the collector learns neither who is at the page nor its address, unless the page says so', async () => {
  const { send, inits } = await open(accept)
  await send(1).answer
  expect(inits[0]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' })
  const { request } = describeRequests('https://collector.example', 'same-origin')
  const other = await open(accept, { request })
  await other.send(1).answer
  expect(other.inits[0]).toMatchObject({ credentials: 'same-origin', referrerPolicy: 'no-referrer' })
})

test('an answer tells the time together with when it was asked for', async () => {
  const told: unknown[] = []
  let now = 1000
  const onAnswer = (headers: Headers, sentAt: number) => void told.push([headers.get('date'), sentAt])
  const { send } = await open((_, response) => void response.setHeader('date', 'today').end(), {
    onAnswer,
    now: () => now,
  })
  const { answer } = send(1)
  now = 2000
  await answer
  expect(told).toEqual([['today', 1000]])
})

test('a page that lives keeps 16 KiB in two requests, one that goes away 60 KiB in nine', async () => {
  for (const [isLeaving, most, requests] of [
    [false, 16 * KIB, 2],
    [true, 60 * KIB, 9],
  ] as const) {
    const large = await open(hang)
    const sizes = [most + 1, most - 1, 2, 1, 1]
    expect(sizes.map((size) => large.send(size, isLeaving).isKept)).toEqual([false, true, false, true, false])
    expect(large.inits.map(({ keepalive }) => keepalive)).toEqual([false, true, false, true, false])
    const many = await open(hang)
    const kept = Array.from({ length: 12 }, () => many.send(1, isLeaving).isKept)
    expect(kept).toEqual(kept.map((_, index) => index < requests))
  }
})

test('what the page sent while it lived is no longer free when it goes away', async () => {
  const { sender, send } = await open(hang)
  expect(sender.roomForLeaving()).toBe(60 * KIB)
  for (const size of [4 * KIB, 6 * KIB, 7 * KIB]) send(size)
  expect(sender.roomForLeaving()).toBe(50 * KIB)
  expect([50 * KIB + 1, 40 * KIB].map((size) => send(size, true).isKept)).toEqual([false, true])
  for (let requests = 3; requests < 9; requests++) {
    expect(sender.roomForLeaving()).toBeGreaterThan(0)
    send(1, true)
  }
  expect(sender.roomForLeaving()).toBe(0)
})

test('its room is given back by each request that had it, whatever became of it', async () => {
  for (const answer of [accept, breakOff]) {
    const { sender, send } = await open(answer)
    const sent = [16 * KIB, 1].map((size) => send(size))
    expect(sent.map(({ isKept }) => isKept)).toEqual([true, false])
    expect(sender.roomForLeaving()).toBe(44 * KIB)
    for (const { answer } of sent) await answer
    expect(sender.roomForLeaving()).toBe(60 * KIB)
    // The requests too, and not one more than there are.
    expect([1, 1, 1].map((size) => send(size).isKept)).toEqual([true, true, false])
  }
})

test('a question is never kept, and takes no room', async () => {
  const { sender, send } = await open(hang)
  for (const isLeaving of [false, true]) expect(send(10, isLeaving, true).isKept).toBe(false)
  expect(sender.roomForLeaving()).toBe(60 * KIB)
  expect(send(10).isKept).toBe(true)
})

test('who sends us on to a page that answers 200 has not accepted anything', async () => {
  const { send, server } = await open((request, response) => {
    if (request.url === '/login') return accept(request, response)
    response.writeHead(302, { location: '/login' }).end()
  })
  expect((await send(1).answer).kind).toBe('refused')
  expect(server.asked).toEqual(['/v1/traces'])
})

test('whoever breaks off, is not there, or may not be asked, is unreachable, and is reached again later', async () => {
  const collector = await open(breakOff)
  expect(await collector.send(1).answer).toEqual(UNREACHABLE)
  collector.answer = accept
  expect(await collector.send(1).answer).toEqual(ACCEPTED)
  await collector.server.stop()
  expect(await collector.send(1).answer).toEqual(UNREACHABLE)
  const nativeFetch = () => {
    throw new TypeError('forbidden')
  }
  expect(await (await open(accept, { nativeFetch })).send(1).answer).toEqual(UNREACHABLE)
})

test('a collector that does not answer within ten seconds does not hold the spans, nor the room', async () => {
  const timer = new AbortController()
  AbortSignal.timeout = (ms) => {
    expect(ms).toBe(10_000)
    return timer.signal
  }
  const { sender, send, inits } = await open(() => timer.abort())
  const { answer, isKept } = send(1)
  expect([isKept, inits[0]?.signal === timer.signal]).toEqual([true, true])
  expect(await answer).toEqual(UNREACHABLE)
  expect(sender.roomForLeaving()).toBe(60 * KIB)
})
