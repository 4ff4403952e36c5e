// One client that means harm, in a thread of its own: what it sends to the door as fast as it can, until it is told to stop.
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { orderRequest } from './door-order.mjs'

const { kind, url, localAddress } = workerData
const AT_ONCE = 64
const SLOW = 500

const json = { 'content-type': 'application/json' }
/** @type {Record<string, { headers: Record<string, string>, body: () => Buffer }>} */
const bodies = {
  flood: { headers: json, body: () => orderRequest(70) },
  bomb: (() => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 })
    return { headers: { ...json, 'content-encoding': 'gzip' }, body: () => bomb }
  })(),
  json: { headers: json, body: () => Buffer.from('['.repeat(100_000)) },
  cookies: { headers: json, body: () => orderRequest(1) },
  protobuf: { headers: { 'content-type': 'application/x-protobuf' }, body: () => Buffer.alloc(100_000, 0xff) },
}

const statuses = {}
let isOver = false
parentPort?.once('message', () => {
  isOver = true
  parentPort?.postMessage(statuses)
})

const count = (status) => {
  statuses[status] = (statuses[status] ?? 0) + 1
}

if (kind === 'slow') for (let at = 0; at < SLOW; at++) drip()
else {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, localAddress })
  for (let at = 0; at < AT_ONCE; at++) void send(agent, bodies[kind])
}

/** One after the other, without a pause. */
async function send(agent, { headers, body }) {
  while (!isOver) {
    const content = body()
    await new Promise((resolve) => {
      const cookie = kind === 'cookies' ? { cookie: `shop_session=${randomBytes(32).toString('base64url')}` } : {}
      const all = { ...headers, ...cookie, 'content-length': content.length }
      const sent = request(url, { method: 'POST', agent, headers: all })
      sent.once('response', (answer) => {
        count(answer.statusCode)
        answer.resume().once('close', resolve)
      })
      sent.once('error', () => {
        count('cut off')
        resolve(undefined)
      })
      sent.end(content)
    })
  }
}

/** A body that never comes to its end, a byte a second; cut off, it begins anew. */
function drip() {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), localAddress })
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nHost: door\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n',
  )
  const timer = setInterval(() => socket.write(' '), 1000)
  socket.setEncoding('latin1').once('data', (text) => count(text.slice(9, 12)))
  socket.on('error', () => {})
  socket.once('close', () => {
    clearInterval(timer)
    if (!isOver) drip()
  })
}
