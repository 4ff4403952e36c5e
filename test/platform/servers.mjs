import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('serve.py', import.meta.url))
const served = fileURLToPath(new URL('served', import.meta.url))

/** In which the tests are written; Chromium is told that all of it is this machine. */
export const HOST = 'web-platform.test'
/** Names that must not be found are part of the tests. */
export const RESOLVER_RULES = 'MAP nonexistent.*.test ^NOTFOUND, MAP *.test 127.0.0.1, MAP *.test. 127.0.0.1'
/** The servers of the tests, and how many ports each has. */
const SERVERS = {
  http: 2,
  https: 2,
  h2: 1,
  'http-private': 1,
  'http-public': 1,
  'https-private': 1,
  'https-public': 1,
  ws: 1,
  wss: 1,
}
const PATIENCE_MS = 120_000

/** The servers of a checkout of the web-platform-tests, on ports of their own. */
export async function startServers(checkout, python) {
  const ports = await freePorts(Object.values(SERVERS).reduce((sum, count) => sum + count))
  const byServer = Object.fromEntries(Object.entries(SERVERS).map(([name, count]) => [name, ports.splice(0, count)]))
  const folder = await mkdtemp(join(tmpdir(), 'platform-tests-'))
  const config = join(folder, 'config.json')
  const aliases = [{ 'url-path': '/resources/testharnessreport.js', 'local-dir': served }]
  await writeFile(
    config,
    JSON.stringify({
      server_host: '127.0.0.1',
      check_subdomains: false,
      ports: { ...byServer, 'webtransport-h3': [] },
      aliases,
      logging: { level: 'critical' },
    }),
  )
  // Tests break off connections, and the servers say so at length.
  const errors = openSync(join(folder, 'errors.log'), 'w')
  const child = spawn(python, ['-B', launcher, checkout, config], { stdio: ['ignore', 'ignore', errors] })
  const stop = async () => {
    const gone = child.exitCode === null && new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    await gone
    await rm(folder, { recursive: true })
  }
  try {
    await answer(`https://127.0.0.1:${byServer.h2[0]}/`, child)
    await answer(`https://127.0.0.1:${byServer.https[1]}/`, child)
  } catch (error) {
    const said = await readFile(join(folder, 'errors.log'), 'utf8')
    await stop()
    throw new Error(`${error.message}\n${said}`)
  }
  const originOf = (path) => {
    const server = path.includes('.h2.') ? 'h2' : path.includes('.https.') ? 'https' : 'http'
    return `${server === 'http' ? 'http' : 'https'}://${HOST}:${byServer[server][0]}`
  }
  const spaces = ['http-private', 'http-public', 'https-private', 'https-public'].flatMap((name) =>
    byServer[name].map((port) => `127.0.0.1:${port}=${name.split('-')[1]}`),
  )
  return { urlOf: (path) => originOf(path) + path, addressSpaces: spaces.join(','), stop }
}

/** A collector that takes everything, on an origin that the tests do not know. */
export async function startCollector() {
  let received = 0
  const server = createServer((incoming, response) => {
    incoming.resume()
    if (incoming.method === 'POST') received++
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'content-type, content-encoding',
      })
      .end('{}')
  })
  await listen(server)
  return {
    url: `http://127.0.0.1:${server.address().port}/v1/traces`,
    received: () => received,
    stop: () => server.close(),
  }
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map(listen))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

async function answer(url, child) {
  const until = Date.now() + PATIENCE_MS
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`The servers of the web-platform-tests ended with ${child.exitCode}.`)
    if (Date.now() > until) throw new Error('The servers of the web-platform-tests did not begin.')
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function answers(url) {
  return new Promise((resolve) => {
    const asking = request(url, { rejectUnauthorized: false, ALPNProtocols: ['h2', 'http/1.1'] })
    asking.on('response', () => resolve(true))
    // A server that speaks HTTP/2 alone is there too.
    asking.on('error', ({ code }) => resolve(code !== 'ECONNREFUSED'))
    asking.end()
  })
}
