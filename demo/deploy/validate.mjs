// `node demo/deploy/validate.mjs`: has every configuration of this folder, and compose.yaml, checked by the program that will read it.
// Needs Go (the first time for some minutes), promtool and nginx; PROMTOOL and NGINX_BIN name them where they are not on the path.
// `… validate.mjs nginx promtool`: those alone whose description has one of these words in it.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'
import { build } from './build.mjs'
import { writeNginx } from './nginx.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const demo = join(here, '..')
const temporary = mkdtempSync(join(tmpdir(), 'ordertrace-validate-'))
const log = (line) => console.log(line)

/** What the configurations read from the environment; none of it is asked. */
const example = {
  SAMPLERS: 'samplers',
  KAFKA_BROKERS: 'kafka:9093',
  KAFKA_USER: 'spans',
  KAFKA_PASSWORD: 'example',
  KAFKA_CA: join(temporary, 'ca.pem'),
  OPENSEARCH_URL: 'https://opensearch:9200',
  OPENSEARCH_USER: 'jaeger',
  OPENSEARCH_PASSWORD: 'example',
  JAEGER_DATA: join(temporary, 'jaeger'),
  JAEGER_OTLP_PORT: '4318',
  JAEGER_QUERY_PORT: '16686',
  JAEGER_UI_CONFIG: join(demo, 'jaeger/ui.js'),
  OAUTH2_PROXY_CLIENT_SECRET: 'example',
  OAUTH2_PROXY_COOKIE_SECRET: randomBytes(32).toString('base64url'),
}

/** What is checked, by what, and how. */
const checks = [
  ['the collector of compose.yaml', 'otelcol validate', () => collector('browsers.yaml', 'collector.yaml')],
  ['scale/gateway.yaml', 'otelcol validate', () => collector('browsers.yaml', 'scale/gateway.yaml')],
  ['scale/sampler.yaml', 'otelcol validate', () => collector('scale/sampler.yaml')],
  ['scale/jaeger-ingester.yaml', 'jaeger validate', () => jaeger('scale/jaeger-ingester.yaml')],
  ['scale/jaeger-query.yaml', 'jaeger validate', () => jaeger('scale/jaeger-query.yaml')],
  ['jaeger/jaeger.yaml', 'jaeger validate', () => jaeger('../jaeger/jaeger.yaml')],
  ['scale/prometheus.yaml and scale/alerts.yaml', 'promtool check config', prometheus],
  [
    'what scale/alerts.yaml says, and when',
    'promtool test rules',
    () => promtool('test', 'rules', 'scale/alerts.test.yaml'),
  ],
  ['edge/nginx.conf and what it includes', 'nginx -t', () => nginx('edge')],
  ['reader/nginx.conf', 'nginx -t', () => nginx('reader')],
  ['oauth2-proxy.cfg', 'oauth2-proxy --config-test', oauth2Proxy],
  ['compose.yaml', 'the parser of Docker Compose, with the secrets of secrets.mjs', compose],
]

const words = process.argv.slice(2)
const wanted = checks.filter(([what, by]) => !words.length || words.some((word) => `${what} ${by}`.includes(word)))

let failed = 0
try {
  writeFileSync(example.KAFKA_CA, '')
  for (const [what, by, check] of wanted) {
    try {
      await check()
      log(`✓ ${what}: ${by}`)
    } catch (error) {
      failed++
      log(`✗ ${what}: ${by}\n${error.message}`)
    }
  }
} finally {
  rmSync(temporary, { recursive: true })
}
log(failed ? `\n${failed} of ${wanted.length} failed` : `\nAll ${wanted.length} are well.`)
process.exitCode = failed ? 1 : 0

function collector(...files) {
  const otelcol = build('collector', '.', log)
  run(otelcol, ['validate', ...files.flatMap((file) => ['--config', join(here, file)])])
}

async function jaeger(file) {
  run(await findJaeger(), ['validate', '--config', join(here, file)])
}

async function findJaeger() {
  const unregister = register()
  const { findJaeger: find } = await import('../jaeger/find-jaeger.ts')
  const found = await find({ env: process.env, log })
  await unregister()
  return found
}

/** With the key of the door in a folder of ours: promtool looks whether there is one. */
function prometheus() {
  const folder = join(temporary, 'prometheus')
  mkdirSync(folder)
  const text = readFileSync(join(here, 'scale/prometheus.yaml'), 'utf8')
  writeFileSync(join(folder, 'prometheus.yaml'), text.replaceAll('/etc/prometheus/', `${folder}/`))
  writeFileSync(join(folder, 'door-key'), 'example')
  copyFileSync(join(here, 'scale/alerts.yaml'), join(folder, 'alerts.yaml'))
  promtool('check', 'config', join(folder, 'prometheus.yaml'))
}

function promtool(...args) {
  run(process.env.PROMTOOL || 'promtool', args)
}

function nginx(name) {
  run(process.env.NGINX_BIN || 'nginx', ['-t', ...writeNginx(name, join(temporary, name))])
}

function oauth2Proxy() {
  const program = build('oauth2-proxy', 'github.com/oauth2-proxy/oauth2-proxy/v7', log)
  run(program, ['--config', join(here, 'oauth2-proxy.cfg'), '--config-test'])
}

function compose() {
  const secrets = join(temporary, 'env')
  writeFileSync(secrets, run(process.execPath, [join(here, 'secrets.mjs')]))
  const { services } = JSON.parse(run(build('compose', '.', log), [join(demo, 'compose.yaml'), secrets]))
  const near = Object.entries(services).filter(([, { networks }]) =>
    Object.keys(networks).some((one) => one in services.reader.networks),
  )
  const names = near
    .map(([name]) => name)
    .sort()
    .join()
  if (names !== 'jaeger,reader,traces') throw new Error(`  what reads Jaeger shares a network with others: ${names}`)
}

function run(command, args, cwd = here) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...example },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw new Error(`  ${command} cannot be run: ${error.message}`)
  if (status !== 0)
    throw new Error(`  ${command} ${args.join(' ')} ended with ${status}:\n${(stderr + stdout).slice(-2000)}`)
  return stdout
}
