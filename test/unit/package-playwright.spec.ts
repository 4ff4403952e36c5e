import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type InstalledPackage, installPackage } from '../support/installed-package'

let project: InstalledPackage

// One project for all.
test.describe.configure({ mode: 'default', timeout: 60_000 })
test.beforeAll(() => {
  project = installPackage(['@opentelemetry/api', '@playwright/test', '@types/node', 'undici-types'])
})
test.afterAll(() => project.remove())

/** Runs a program of the project, as in a terminal: what this test runner tells its own workers is nobody else's business. */
function run(...args: string[]): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TEST_|PW|PLAYWRIGHT|NODE_OPTIONS)/.test(name)),
  )
  return execFileSync(process.execPath, args, { cwd: project.folder, env, encoding: 'utf8' })
}

const USE = `
import { createCollector, type Collector, type ReceivedSpan } from 'ordertrace/collector'
import { expect, test, type PageRequest, type Traces } from 'ordertrace/playwright'

test.use({ ordertrace: { collector: ['https://collector.example/v1/traces', '*/otlp'], passOn: true }, locale: 'de-DE' })

test('checkout is traced', async ({ page, context, traces }) => {
  await page.goto('/')
  await expect(page).toHaveTitle('shop')
  const given: Traces = traces
  const order = traces.order('o-42')
  await expect(given).toHaveSpan({ name: /^order/, kind: 'client', status: 'error', attributes: { retries: 2 } }, { timeout: 5 })
  await expect.soft(traces).toHaveSpan((span) => span.durationMs > 100 && span.attributes.order_id === 'o-42')
  await expect(traces).not.toHaveOrder('o-43')
  await expect(traces).toHaveOrder('o-42', { step: 'submit', outcome: 'confirmed', userId: 'u-7' })
  await expect(traces.request('POST', '/orders')).toCarryTraceparent({ of: order })
  await expect(traces.request('POST', /orders$/)).toCarryBaggage({ order_id: 'o-42', user_id: /^u-/ })
  await expect(order).toBeUnbroken({ remoteParent: true, timeout: 1_000 })
  await expect(traces).toHaveNoPersonalData({ also: ['Anna'], except: [/support@/] })
  await expect(traces.fromJaeger('http://localhost:16686', { headers: { authorization: 'x' } })).toHaveEdge('a', 'b')
  const span: ReceivedSpan = await traces.waitForSpan({ orderId: 'o-42' }, { timeout: 100 })
  const requests: readonly PageRequest[] = traces.requests
  void [context, span.startTime > 0n, requests, traces.deliveries[0]?.request?.resourceSpans]
  // @ts-expect-error it waits for spans, a page has none
  await expect(page).toHaveOrder('o-42')
  traces.answer = { status: 503, headers: { 'retry-after': '30' }, body: '' }
  traces.answer = async ({ bytes }) => (bytes > 1_000 ? 'hang' : undefined)
  const isRefused: boolean | undefined = traces.deliveries[0]?.refused
  void isRefused
  // @ts-expect-error there is no such trouble
  traces.answer = 'melt'
  // @ts-expect-error there is no such outcome
  await expect(traces).toHaveOrder('o-42', { outcome: 'fine' })
  // @ts-expect-error what traces say does not carry headers
  await expect(traces).toCarryTraceparent()
})

test('without the fixture', async () => {
  const collector: Collector = await createCollector({ port: 0, host: '127.0.0.1' })
  await expect(collector).toHaveOrder('o-42')
  await expect(collector.order('o-42')).toBeUnbroken()
  const spans: ReceivedSpan[] = collector.spans({ service: 'shop' })
  collector.clear()
  collector.answer = ({ spans, headers }) => (spans.length > 1 && headers['content-type'] ? { status: 413 } : undefined)
  collector.answer = undefined
  await collector.close()
  void [collector.url, spans]
  // @ts-expect-error a port is a number
  await createCollector({ port: '4318' })
})
`

const CONFIG = `
import { defineConfig } from '@playwright/test'
import type { OrdertraceFixtures, OrdertraceWorkerFixtures } from 'ordertrace/playwright'

export default defineConfig<OrdertraceFixtures, OrdertraceWorkerFixtures>({
  testDir: '.',
  use: { baseURL: 'http://localhost:3000', ordertrace: { collector: '*/otlp' } },
  projects: [{ name: 'chromium', use: { ordertrace: { passOn: true } } }],
})
`

for (const module of ['bundler', 'nodenext'] as const) {
  for (const type of ['module', 'commonjs']) {
    test(`the types hold in a strict project of type ${type} that resolves as ${module} and checks its libraries too`, () => {
      project.write('package.json', JSON.stringify({ type }))
      project.write('use.spec.ts', USE)
      project.write('playwright.config.ts', CONFIG)
      expect(project.typecheck(['use.spec.ts', 'playwright.config.ts'], ['node'], module)).toBe('')
    })
  }
}

for (const type of ['module', 'commonjs']) {
  test(`Playwright finds the tests of a project of type ${type}`, () => {
    project.write('package.json', JSON.stringify({ type }))
    project.write('use.spec.ts', USE)
    project.write('playwright.config.ts', CONFIG)
    const listed = run(join(project.folder, 'node_modules/@playwright/test/cli.js'), 'test', '--list')
    expect(listed).toContain('[chromium] › use.spec.ts:7:1 › checkout is traced')
    expect(listed).toContain('Total: 2 tests in 1 file')
  })
}

test('the command of the package runs, and its help needs no browser', () => {
  const command = join(project.folder, 'node_modules/ordertrace/dist/command.js')
  expect(run(command, 'verify', '--help')).toContain('ordertrace verify <url> [options]')
  expect(run(command, '--help')).toContain('verify')
})

test('from npx’s cache the command opens pages with the Playwright of the project, and says what to do without one', () => {
  const cache = installPackage(['@opentelemetry/api'])
  const command = join(cache.folder, 'node_modules/ordertrace/dist/command.js')
  const page = ['verify', 'http://127.0.0.1:9/', '--chromium', '/no/such/chromium']
  const failure = (cwd: string) => spawnSync(process.execPath, [command, ...page], { encoding: 'utf8', cwd }).stderr
  expect(failure(project.folder)).toContain('/no/such/chromium')
  const without = failure(cache.folder)
  expect(without).toContain('npm install --save-dev @playwright/test')
  expect(without).toContain('npx -p ordertrace -p @playwright/test ordertrace verify')
  cache.remove()
})
