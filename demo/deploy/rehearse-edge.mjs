// `node demo/deploy/rehearse-edge.mjs`: runs both nginx as they are configured here, before parts that say what reached them, and looks at what
// comes through: whose requests they are, what is refused and how that is told, and that the reader of traces only reads.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeNginx } from './nginx.mjs'
import { check, end, findPort, finish, listen } from './rehearsal.mjs'

const temporary = mkdtempSync(join(tmpdir(), 'ordertrace-edge-'))
const ours = 'http://127.0.0.1:4302'

/** What is behind: answers with what it was told. */
const behind = createServer((request, response) => {
  request.resume().on('end', () => response.end(JSON.stringify({ method: request.method, ...request.headers })))
})
const behindUrl = await listen(behind)
const ports = Object.fromEntries(
  await Promise.all([4300, 4302, 4304, 4318, 8080].map(async (port) => [port, await findPort()])),
)
const gone = await findPort()

/** The ports are others here, as are the names of the parts; the MES's is away. */
const change = (text) =>
  text
    .replaceAll(/listen (127\.0\.0\.1:)?(\d+);/g, (_, _host, port) => `listen 127.0.0.1:${ports[port]};`)
    .replaceAll(/http:\/\/(internet-shop|crm|door):4310|http:\/\/jaeger:16686/g, behindUrl)
    .replaceAll('http://mes:4310', `http://127.0.0.1:${gone}`)

try {
  await withNginx('edge', rehearseEdge)
  await withNginx('reader', rehearseReader)
} finally {
  behind.closeAllConnections()
  behind.close()
  rmSync(temporary, { recursive: true })
}
finish()

async function rehearseEdge() {
  const [shop, mes, cross] = [4300, 4304, 4318].map((port) => `http://127.0.0.1:${ports[port]}/v1/traces`)
  const lying = { 'x-forwarded-for': '8.8.8.8', 'user-agent': 'a browser', referer: 'http://a.page/' }
  for (const url of [shop, cross, `http://127.0.0.1:${ports[4302]}/`]) {
    const told = await (await fetch(url, { method: 'POST', body: '{}', headers: lying })).json()
    check(`${new URL(url).pathname}: the address is the one that it came from`, told['x-forwarded-for'] === '127.0.0.1')
  }
  const spans = await (await fetch(shop, { method: 'POST', body: '{}', headers: lying })).json()
  check('neither browser nor page of who sends spans is told', !spans['user-agent'] && !spans.referer)

  const large = await fetch(cross, { method: 'POST', body: 'x'.repeat(300_000), headers: { origin: ours } })
  await checkRefusal(large, { status: 413, code: 8, retryAfter: null, origin: ours })
  const away = await fetch(mes, { method: 'POST', body: '{}' })
  await checkRefusal(away, { status: 503, code: 14, retryAfter: '10', origin: null })

  await pause(5000) // Until the count of what was sent above is empty.
  const ask = (method, origin) =>
    fetch(cross, { method, headers: { origin }, ...(method === 'POST' && { body: '{}' }) })
  const asked = await Promise.all(Array.from({ length: 90 }, () => ask('OPTIONS', ours)))
  check(
    '90 preflights at once come through',
    asked.every(({ status }) => status === 200),
  )
  // Ten at once, or the limit of connections would be the one that refuses.
  const refusedOf = async (origin) => {
    for (let round = 0; round < 100; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask('POST', origin)))
      if (round === 0 && origin === ours)
        check(
          'ten requests come through',
          answers.every(({ status }) => status === 200),
        )
      const refused = answers.find(({ status }) => status === 429)
      if (refused) return refused
    }
    throw new Error('Of a thousand requests none is refused.')
  }
  await checkRefusal(await refusedOf(ours), { status: 429, code: 8, retryAfter: '5', origin: ours })
  await checkRefusal(await refusedOf('http://a.page'), { status: 429, code: 8, retryAfter: '5', origin: null })

  await pause(5000)
  const { status, seconds } = await sendSlowly(ports[4300])
  check(
    `a body of which nothing more comes is given up: ${status} after ${seconds.toFixed(0)} s`,
    status === 'closed' && seconds > 8 && seconds < 15,
  )
  const log = readFileSync(join(temporary, 'edge/out'), 'utf8')
  check('the log has refusals, and nobody in it', log.includes(' 429 ') && !/127\.0\.0\.1|a browser|a\.page/.test(log))
}

async function rehearseReader() {
  const url = `http://127.0.0.1:${ports[8080]}`
  const headers = { 'x-forwarded-user': 'u-support', cookie: 'traces=secret', authorization: 'Bearer secret' }
  const page = await fetch(`${url}/api/v3/traces/ab`, { headers })
  const told = await page.json()
  check('a read comes through, without what the login is', told.method === 'GET' && !told.cookie && !told.authorization)
  const policy = page.headers.get('content-security-policy') ?? ''
  check(
    'with a policy that loads from nowhere else',
    policy.startsWith("default-src 'self'") && policy.includes("frame-ancestors 'none'"),
  )
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    for (const path of ['/api/archive/ab', '/analyst/', '/health'])
      check(`no ${method} of ${path}`, (await fetch(url + path, { method, headers })).status === 405)
  const log = readFileSync(join(temporary, 'reader/out'), 'utf8')
  check('the audit says who read what', / u-support GET \/api\/v3\/traces\/ab 200\n/.test(log))
}

async function checkRefusal(response, { status, code, retryAfter, origin }) {
  const told = await response.json().catch(() => ({}))
  check(`${status} is told as OTLP has it: ${told.message}`, response.status === status && told.code === code)
  check('and when to come again', response.headers.get('retry-after') === retryAfter)
  const allowed = response.headers.get('access-control-allow-origin')
  check(`and ${origin ?? 'no foreign page'} may read it`, allowed === origin)
}

/** Sends the begin of a body and no more; what it is answered, and after how long. */
async function sendSlowly(port) {
  const begun = performance.now()
  const socket = connect(port, '127.0.0.1')
  socket.write('POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{')
  let text = ''
  socket.on('data', (data) => {
    text += data
  })
  await once(socket, 'close')
  return { status: text.split(' ')[1] ?? 'closed', seconds: (performance.now() - begun) / 1000 }
}

async function withNginx(name, rehearse) {
  console.log(`\n${name}/nginx.conf`)
  const args = writeNginx(name, join(temporary, name), change)
  const child = spawn(process.env.NGINX_BIN || 'nginx', [...args, '-g', 'daemon off;'], { stdio: 'inherit' })
  try {
    await waitForPort(ports[name === 'edge' ? 4318 : 8080])
    await rehearse()
  } finally {
    await end(child)
  }
}

async function waitForPort(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isThere) return
    await pause(50)
  }
  throw new Error('nginx does not start.')
}
