// `node demo/deploy/measure-door.mjs`: how much processor time the door takes for a request as pages send them, in a process of its own, before a
// collector that only says yes. In Linux; for docs/scale.md.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { register } from 'tsx/esm/api'
import { end, findPort, listen, waitUntil } from './rehearsal.mjs'
import { createTraffic } from './traffic.mjs'

register()
const { writeHandedOn } = await import('../parts/door/handed-on.ts')
const [key, requests, warmUp, atOnce] = [randomBytes(16).toString('hex'), 10_000, 2000, 20]
const collector = createServer((asked, response) => asked.resume().on('end', () => response.end('{}')))
const collectorUrl = await listen(collector)
const port = await findPort()
const demo = fileURLToPath(new URL('..', import.meta.url))
const child = spawn(process.execPath, ['--import', 'tsx', 'door/main.ts'], {
  cwd: demo,
  env: { ...process.env, PORT: String(port), COLLECTOR_URL: collectorUrl, DOOR_KEY: key },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
try {
  await waitUntil(async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok)
  await sendAll(warmUp)
  const before = cpuSeconds()
  await sendAll(requests)
  const each = (1e6 * (cpuSeconds() - before)) / requests
  console.log(
    `${each.toFixed(0)} µs of processor time for a request of four spans, compressed, handed on by a UI's server; Node ${process.version}, ${cpus()[0]?.model}`,
  )
} finally {
  agent.destroy()
  await end(child)
  collector.closeAllConnections()
  collector.close()
}

async function sendAll(count) {
  let left = count
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await send(left)
    }),
  )
}

/** A step with one request in it, of a person who is logged in: two traces of two spans. Each from another address, for they are counted. */
function send(index) {
  const { trace } = createTraffic('')
  const userId = `u-${index % 5000}`
  const given = { order_id: `o-${index}`, user_id: userId, 'session.id': randomBytes(8).toString('hex') }
  const traces = [
    trace('step', { ...given, 'order.outcome': 'confirmed' }),
    trace('page', { ...given, name: 'documentLoad' }),
  ]
  const body = gzipSync(JSON.stringify({ resourceSpans: traces.flat() }))
  const told = { service: 'internet-shop', login: { userId }, client: `10.0.${(index >> 8) & 255}.${index & 255}` }
  const headers = [
    'host',
    'door',
    'content-type',
    'application/json',
    'content-encoding',
    'gzip',
    'content-length',
    String(body.length),
  ]
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: '/v1/traces',
        method: 'POST',
        agent,
        headers: [...headers, ...writeHandedOn(told, key)],
      },
      (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`The door answers ${response.statusCode}.`))
        })
      },
    )
    asked.on('error', reject).end(body)
  })
}

/** Of the door so far; a tick is 10 ms. */
function cpuSeconds() {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
