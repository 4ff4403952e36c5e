import { expect, test } from '@playwright/test'
import { type RunningSystem, startSystem } from '../../demo/launcher/start-system'
import { walk } from '../../demo/walk/walk'
import { openServers, type Servers } from './support/open-servers'
import { jaegerEnv } from './support/real-jaeger'
import { startStore } from './support/store-client'

// In one worker: a second system costs more time than it saves.
test.describe.configure({ mode: 'default' })

let system: RunningSystem
let servers: Servers

test.beforeAll(async () => {
  servers = await openServers()
  system = await startSystem({ ports: 'any', dataDir: 'temporary', env: { ...servers.env, ...jaegerEnv } })
})
test.afterAll(async () => {
  await system.stop()
  await servers.remove()
})

const urls = () => {
  const { shopUrl, crmUrl, mesUrl, queryUrl } = system
  return { shopUrl, crmUrl, mesUrl, queryUrl }
}

test('the walk finds the whole trace of each of ten steps, through all nine statuses', async () => {
  test.slow()
  const lines: string[] = []
  const ok = await walk({ ...urls(), log: (line) => lines.push(line) })
  const said = lines.join('\n')
  expect(ok, said).toBe(true)
  expect(said).toMatch(/internet-shop: order\.submit .* order_id=o-\w+ {2}user_id=u-\w+/)
  expect(said).toMatch(/shop-api: PutObject/)
  for (const step of ['price', 'take', 'start', 'complete', 'package'])
    expect(said).toMatch(new RegExp(`mes-ui: order\\.${step} `))
  for (const step of ['model', 'approve', 'ship', 'close']) expect(said).toMatch(new RegExp(`crm: order\\.${step} `))
  expect(said).toMatch(/Everything is there: 10 traces of o-\w+/)
})

test('the walk fails and says so when the trace is not there', async () => {
  const elsewhere = await startStore()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const ok = await walk({ ...urls(), queryUrl: elsewhere.url, log, deadlineMs: 1_000 })
  expect(ok).toBe(false)
  expect(lines.at(-1)).toMatch(/^No trace of internet-shop with order\.submit and order_id o-\w+ came within 1 s\.$/)
  await elsewhere.stop()
})

test('the walk fails and says so when the shop or the query API is not there', async () => {
  const gone = await startStore()
  await gone.stop()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  expect(await walk({ ...urls(), queryUrl: gone.url, log })).toBe(false)
  expect(lines.at(-1)).toContain(`${gone.url} does not answer`)
  expect(await walk({ ...urls(), shopUrl: gone.url, log })).toBe(false)
  expect(lines.at(-1)).toContain('The walk stopped')
})
