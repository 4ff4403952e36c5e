import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { test as base, expect } from '@playwright/test'
import { type Jaeger, startJaeger } from '../../demo/jaeger/start-jaeger'
import { findAnyPort } from '../../demo/launcher/ports'
import { PortBusyError } from '../../demo/parts/http/port-busy'
import { createJaegerClient } from '../../src/jaeger/client'
import { listListeningOf } from './support/listening'
import { BASE_MS, exportRequest, type SpanSpec, traceId } from './support/otlp-spans'
import { announceWithoutJaeger, jaegerFile } from './support/real-jaeger'

announceWithoutJaeger('what the demo needs of a real Jaeger')

const test = base.extend<{ folder: string; start: (folder: string) => Promise<Jaeger> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ordertrace-jaeger-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  start: async ({}, use) => {
    const started: Jaeger[] = []
    await use(async (folder) => {
      const ports = { otlp: await findAnyPort(), query: await findAnyPort() }
      const jaeger = await startJaeger({ file: jaegerFile as string, folder, ports })
      started.push(jaeger)
      return jaeger
    })
    for (const jaeger of started) await jaeger.stop()
  },
})
test.skip(!jaegerFile, 'needs a Jaeger: npm run test:real')

const now = Date.now() - BASE_MS

async function keep({ collectorUrl, queryUrl }: Jaeger, ...specs: SpanSpec[]): Promise<void> {
  const body = JSON.stringify(exportRequest(...specs.map((spec) => ({ start: now, ...spec }))))
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(`${collectorUrl}/v1/traces`, { method: 'POST', body, headers })).status).toBe(200)
  const last = traceId(specs.at(-1)?.trace ?? 'a')
  await expect.poll(() => createJaegerClient({ url: queryUrl }).trace(last)).toBeDefined()
}

for (const [how, end] of [
  ['stopped', (jaeger: Jaeger) => jaeger.stop()],
  ['killed', (jaeger: Jaeger) => killAll(jaeger)],
] as const) {
  test(`traces outlive a Jaeger that is ${how}`, async ({ folder, start }) => {
    const first = await start(folder)
    await keep(first, { id: '1', name: 'order.submit', attributes: { order_id: 'o-1' } })
    await end(first)
    await expect(fetch(first.queryUrl)).rejects.toThrow()
    const { queryUrl } = await start(folder)
    const client = createJaegerClient({ url: queryUrl })
    const time = { from: Date.now() - 3_600_000, to: Date.now() + 3_600_000 }
    const { traces } = await client.findTraces({ ...time, service: 'internet-shop', attributes: { order_id: 'o-1' } })
    expect(traces.map((trace) => trace.spans.map(({ name }) => name))).toEqual([['order.submit']])
  })
}

test('an order that came twice, as after a lost answer, is shown once', async ({ folder, start }) => {
  const jaeger = await start(folder)
  const order = { id: '1', name: 'order.submit', attributes: { order_id: 'o-1' } }
  await keep(jaeger, order)
  // Proves below that the repeat, too, has been taken in.
  await keep(jaeger, order, { id: '2', parent: '1', name: 'POST', attributes: { order_id: 'o-1' } })
  const client = createJaegerClient({ url: jaeger.queryUrl })
  const names = async () => (await client.trace(traceId('a')))?.spans.map(({ name }) => name).sort()
  await expect.poll(names).toEqual(['POST', 'order.submit'])
})

test('every port of Jaeger is on the loopback interface alone', async ({ folder, start }) => {
  const jaeger = await start(folder)
  const addresses = await listListeningOf(jaeger.process.pid as number)
  expect(addresses.length).toBeGreaterThanOrEqual(3)
  expect([...new Set(addresses)]).toEqual(['0100007F'])
})

test('a busy port is told from other failures, and those in the words of Jaeger', async ({ folder, start }) => {
  const { queryUrl } = await start(folder)
  const query = Number(new URL(queryUrl).port)
  const other = join(folder, 'other')
  const busy = startJaeger({ file: jaegerFile as string, folder: other, ports: { otlp: await findAnyPort(), query } })
  await expect(busy).rejects.toThrow(PortBusyError)
  const ports = { otlp: await findAnyPort(), query: await findAnyPort() }
  // The folder of the one that runs.
  await expect(startJaeger({ file: jaegerFile as string, folder, ports })).rejects.toThrow(
    /^Jaeger does not start: .*lock/s,
  )
})

interface UiConfig {
  menu: { label: string; url?: string; items?: { label: string; url: string }[] }[]
  linkPatterns: { type: string; key: string; url: string; text: string }[]
}

const hops = [
  ['shop-api', 'shop-db'],
  ['shop-api', '3d-files'],
  ['crm-api', 'shop-db'],
  ['crm-api', 'queue'],
  ['crm-api', '3d-files'],
  ['mes-api', 'mes-db'],
  ['mes-api', 'queue'],
] as const

test('the searches in the menu of Jaeger find the seven hops where orders die, and nothing that is well', async ({
  folder,
  start,
}) => {
  const jaeger = await start(folder)
  const span = (service: string, peer: string, index: number, status: number): SpanSpec => ({
    ...{ trace: `a${index}${status}`, id: '1', service, status, attributes: { order_id: 'o-1', 'peer.service': peer } },
  })
  await keep(
    jaeger,
    ...hops.flatMap(([service, peer], index) => [0, 2].map((code) => span(service, peer, index, code))),
  )
  const { menu } = await readUiConfig(jaeger)
  const items = menu.find(({ label }) => label === 'Где теряются заказы')?.items ?? []
  expect(items).toHaveLength(7)
  for (const [index, { label, url }] of items.entries())
    expect(await search(jaeger, url), label).toEqual([traceId(`a${index}2`)])
})

test("each id on a span leads to its order's page and to its searches", async ({ folder, start }) => {
  const jaeger = await start(folder)
  const ids = { order_id: 'o-1', user_id: 'u-1' }
  await keep(
    jaeger,
    { trace: 'a', id: '1', service: 'crm-api', attributes: ids },
    { trace: 'b', id: '1', service: 'crm-api', attributes: { order_id: 'o-2', user_id: 'u-2' } },
  )
  const { linkPatterns } = await readUiConfig(jaeger)
  for (const [name, value] of Object.entries(ids)) {
    const links = linkPatterns.filter(({ type, key }) => type === 'tags' && key === name)
    // As Jaeger's page does it: the value goes into the braces, encoded.
    const urls = links.map(({ url }) => url.replace(`#{${name}}`, encodeURIComponent(value)))
    expect(urls[0]).toBe(`/by-order/?${name}=${value}`)
    expect(urls).toHaveLength(7)
    for (const url of urls.slice(1))
      expect(await search(jaeger, url), url).toEqual(url.includes('=crm-api&') ? [traceId('a')] : [])
  }
})

/** The configuration as Jaeger has put it into its page, run as the page does. */
async function readUiConfig({ queryUrl }: Jaeger): Promise<UiConfig> {
  const page = await (await fetch(queryUrl)).text()
  const source = page.slice(page.indexOf('function UIConfig()'), page.indexOf('JAEGER_CONFIG = '))
  // Nothing of it was taken for a placeholder of the regular expression that put it there.
  expect(await readFile(new URL('../../demo/jaeger/ui.js', import.meta.url), 'utf8')).toContain(source.trim())
  return JSON.parse(runInNewContext(`${source}; JSON.stringify(UIConfig())`)) as UiConfig
}

/** What Jaeger's page would ask for at this address: the same parameters, at the API. */
async function search({ queryUrl }: Jaeger, url: string): Promise<string[]> {
  const answer = await fetch(queryUrl + url.replace(/^\/search\?/, '/api/traces?'))
  const { data, errors } = (await answer.json()) as { data: { traceID: string }[]; errors: unknown }
  expect(errors).toBeNull()
  return data.map(({ traceID }) => traceID.padStart(32, '0')).sort()
}

async function killAll({ process: child }: Jaeger): Promise<void> {
  // The shell that guards it and Jaeger itself are one group.
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-(child.pid as number), 'SIGKILL')
  await ended
}
