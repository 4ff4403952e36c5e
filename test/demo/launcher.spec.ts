import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { choosePort, findAnyPort } from '../../demo/launcher/ports'
import { createCustomer, createOrderForm } from './support/customer'
import {
  canListProcesses,
  type DemoProcess,
  killIfThere,
  killProcesses,
  listProcesses,
  startDemo,
} from './support/demo-process'

interface Demos {
  dataDir: string
  /** Starts a demo on the folder; what still runs after the test is ended as Ctrl-C ends it. */
  start: (env?: Record<string, string>) => DemoProcess
}

const test = base.extend<Demos>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ordertrace-test-'))
    await chmod(folder, 0o711)
    await use(folder)
    await killProcesses(folder)
    await rm(folder, { recursive: true, force: true })
  },
  start: async ({ dataDir }, use) => {
    const demos: DemoProcess[] = []
    await use((env) => {
      const demo = startDemo(dataDir, env)
      demos.push(demo)
      return demo
    })
    // Not by force: the second demo of a folder works in a temporary one, which only itself knows and removes.
    await Promise.all(demos.map((demo) => demo.interrupt()))
  },
})
test.skip(!canListProcesses, 'needs /proc')
test.setTimeout(120_000)

const addresses = /Internet shop {3}(\S+)[\s\S]*Ctrl-C/
const isReady = async (demo: DemoProcess) => (await demo.waitFor(addresses))[1] ?? ''
const nobodyIsLeft = (dataDir: string) => expect.poll(() => listProcesses(dataDir), { timeout: 15_000 }).toEqual([])

test('Ctrl-C stops everything and ends well', async ({ dataDir, start }) => {
  const demo = start()
  await isReady(demo)
  // The demo itself, five services, the guard of the database and the database.
  expect(listProcesses(dataDir).length).toBeGreaterThanOrEqual(8)
  expect(await demo.interrupt()).toBe(0)
  expect(listProcesses(dataDir)).toEqual([])
})

test('Ctrl-C during the start stops what there is', async ({ dataDir, start }) => {
  const demo = start()
  await demo.waitFor(/Starting the Shop API/)
  await demo.interrupt()
  expect(demo.output()).not.toContain('Error')
  expect(listProcesses(dataDir)).toEqual([])
})

test('a killed run leaves nothing running, and its orders are there at the next', async ({ dataDir, start }) => {
  const first = start()
  const customer = await createCustomer(await isReady(first))
  const created = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  const { id } = (await created.json()) as { id: string }
  process.kill(first.pid, 'SIGKILL')
  await nobodyIsLeft(dataDir)

  const second = start()
  const shown = await fetch(`${await isReady(second)}/api/orders/${id}`, { headers: { cookie: customer.cookie } })
  expect(await shown.json()).toMatchObject({ id, status: 'SUBMITTED' })
})

test('a database that outlived its run does no harm', async ({ dataDir, start }) => {
  const first = start()
  await isReady(first)
  const isOther = ({ command }: { command: string }) => /^\S*(node|sh) /.test(command)
  // The demo stands still first, for it would stop the database when another part is gone, and the guard when it is.
  process.kill(first.pid, 'SIGSTOP')
  for (const { pid } of listProcesses(dataDir).filter(isOther).reverse()) killIfThere(pid)
  const orphans = listProcesses(dataDir).filter((one) => !isOther(one))
  expect(orphans.map(({ command }) => command).join('\n')).toContain('/bin/postgres')

  const second = start()
  expect((await fetch(`${await isReady(second)}/api/products`)).status).toBe(200)
})

test('two demos at once do not harm each other', async ({ start }) => {
  const first = start()
  const firstShop = await isReady(first)
  const second = start()
  const secondShop = await isReady(second)
  expect(second.output()).toContain('Another demo')
  expect(second.output()).toMatch(/Port \d+ is taken, so the Internet shop gets \d+\./)
  expect(secondShop).not.toBe(firstShop)
  expect((await fetch(`${secondShop}/api/products`)).status).toBe(200)

  expect(await second.interrupt()).toBe(0)
  expect((await fetch(`${firstShop}/api/products`)).status).toBe(200)
})

test('when a part ends by itself, the rest is stopped, and the reason is said', async ({ dataDir, start }) => {
  const demo = start()
  await isReady(demo)
  const api = listProcesses(dataDir).find(({ command }) => command.includes('shop-api/server.ts'))
  process.kill(api?.pid ?? Number.NaN, 'SIGKILL')
  expect(await demo.exited).toBe(1)
  expect(demo.output()).toContain('The Shop API ended with SIGKILL.')
  expect(listProcesses(dataDir)).toEqual([])
})

test('a wrong setting is one clear line', async ({ start }) => {
  const demo = start({ SHOP_API_PORT: 'none' })
  expect(await demo.exited).toBe(1)
  expect(demo.output().trim()).toBe('SHOP_API_PORT must be a whole number from 1 to 65535, but it is "none".')
})

test('a busy default port gives way, a busy wish does not', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const said: string[] = []
  const to = { name: 'Shop API', log: (line: string) => said.push(line) }
  const found = await choosePort({ port, isDefault: true }, to)
  expect(found).toBeGreaterThan(port)
  expect(said).toEqual([`Port ${port} is taken, so the Shop API gets ${found}.`])
  await expect(choosePort({ port, isDefault: false }, to)).rejects.toThrow(`Port ${port} for the Shop API is taken`)
  server.close()
})

test('demos that start in the same moment share no port', async ({ start }) => {
  const demos = [start(), start()]
  const shops = await Promise.all(demos.map(isReady))
  expect(new Set(shops).size).toBe(2)
  for (const shop of shops) expect((await fetch(`${shop}/api/products`)).status).toBe(200)
})

test('parts that look for a port at the same time are given different ones', async () => {
  const port = await findAnyPort()
  const promised = new Set<number>()
  const to = { name: 'part', log: () => undefined, promised }
  const found = await Promise.all([0, 1, 2].map(() => choosePort({ port, isDefault: true }, to)))
  expect(new Set(found).size).toBe(3)
  expect([...promised].sort()).toEqual([...found].sort())
})
