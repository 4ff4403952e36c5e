import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { register } from 'tsx/esm/api'
import { orderRequest } from './door-order.mjs'

register()
const { startSystem } = await import('../../demo/launcher/start-system.ts')

const CUSTOMERS = 20
/** Each sends an order so often, and looks at a page. */
const EVERY_MS = 200
const WARM_UP_MS = 2000

/** What the one who means harm does, in words; he has one address, the customers have each their own. */
const ATTACKS = {
  none: 'nobody else',
  flood: 'a flood: 64 at once, each 70 spans that are all right',
  slow: '500 bodies of a byte a second',
  bomb: 'bombs, 64 at once: 199 kB of gzip that unpack to 200 MB',
  json: 'broken JSON, 64 at once: 100 kB of "["',
  protobuf: 'broken protobuf, 64 at once: 100 kB',
  cookies: 'random session cookies, 64 at once, each a span that is all right',
}

/**
 * How customers fare while one client means harm: they all ask the shop’s own server, which asks the Shop API whose session it is and hands spans on
 * to the door, and the door to the embedded trace store; the whole system, in processes of its own. Needs Linux, where every address from 127.0.0.1 on is this machine.
 * @param {number} seconds of each attack
 */
export async function measureDoor(seconds) {
  const system = await startSystem({ ports: 'any', dataDir: 'temporary' })
  try {
    const rows = []
    for (const [kind, name] of Object.entries(ATTACKS)) rows.push({ name, ...(await run(kind, { system, seconds })) })
    return rows
  } finally {
    await system.stop()
  }
}

/** How long all but one of a hundred orders and of a hundred pages may take, ms: the SDK gives up after 10 s. */
const mostMs = 3000

/** Did the customers of a row get through: every order taken, every page shown, and in time? */
export const isBearable = (row) => {
  const [taken, all] = row['orders taken'].split(' of ').map(Number)
  const [shown, pages] = row['pages shown'].split(' of ').map(Number)
  const isWhole = taken === all && shown === pages && all > 0
  return isWhole && ['order', 'page'].every((what) => Number.parseInt(row[`${what}, 99 of 100`], 10) <= mostMs)
}

async function run(kind, { system, seconds }) {
  const url = `${system.shopUrl}/v1/traces`
  // Each his own, so that what one has used up is not missing to the next.
  const workerData = { kind, url, localAddress: `127.0.0.${100 + Object.keys(ATTACKS).indexOf(kind)}` }
  const attack = kind === 'none' ? undefined : new Worker(new URL('door-attacks.mjs', import.meta.url), { workerData })
  await pause(WARM_UP_MS)
  const customers = Array.from({ length: CUSTOMERS }, (_, at) => shop(system.shopUrl, `127.0.0.${at + 2}`, seconds))
  const memory = watchMemory(system.pids['door for browsers'], seconds)
  const results = (await Promise.all(customers)).flat()
  const [spans, pages] = ['spans', 'page'].map((what) => results.filter((result) => result.what === what))
  const answered = (results) => `${results.filter(({ status }) => status === 200).length} of ${results.length}`
  const row = {
    'orders taken': answered(spans),
    'pages shown': answered(pages),
    'order, median': `${quantile(spans, 0.5)} ms`,
    'order, 99 of 100': `${quantile(spans, 0.99)} ms`,
    'page, 99 of 100': `${quantile(pages, 0.99)} ms`,
    'door, memory': `${await memory} MB`,
    'what the one got': '',
  }
  if (attack) {
    attack.postMessage('stop')
    const [statuses] = await once(attack, 'message')
    row['what the one got'] = Object.entries(statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')
    await attack.terminate()
  }
  return row
}

/** One customer: an order and a page every so often, from an address of his own. */
async function shop(url, localAddress, seconds) {
  const agent = new Agent({ keepAlive: true, localAddress })
  const cookie = await openSession(url)
  const results = []
  const end = performance.now() + seconds * 1000
  await pause(Math.random() * EVERY_MS)
  while (performance.now() < end) {
    const begin = performance.now()
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', cookie }
    const spans = await ask(`${url}/v1/traces`, { agent, method: 'POST', headers }, gzipSync(orderRequest()))
    const page = await ask(`${url}/`, { agent })
    results.push({ what: 'spans', ...spans }, { what: 'page', ...page })
    await pause(Math.max(0, EVERY_MS - (performance.now() - begin)))
  }
  agent.destroy()
  return results
}

function ask(url, options, body) {
  const begin = performance.now()
  return new Promise((resolve) => {
    const end = (status) => resolve({ status, ms: performance.now() - begin })
    const sent = request(url, options)
    sent.once('response', (response) => response.resume().once('end', () => end(response.statusCode)))
    sent.once('error', () => end(0))
    sent.end(body)
  })
}

function quantile(results, share) {
  const sorted = results.map(({ ms }) => ms).sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

/** The most that a process had meanwhile, MB. */
async function watchMemory(pid, seconds) {
  let most = 0
  for (let at = 0; at < seconds * 5; at++) {
    const kb = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
    most = Math.max(most, kb / 1024)
    await pause(200)
  }
  return Math.round(most)
}

/** A session of the Shop API, as a browser has one. */
async function openSession(url) {
  const answer = await fetch(`${url}/api/session`, { method: 'POST' })
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
}
