import { expect, test } from '@playwright/test'
import { type RunningSystem, startSystem } from '../../demo/launcher/start-system'
import { walk } from '../../demo/walk/walk'
import { startStore } from './support/store-client'

// In one worker: a second system costs more time than it saves.
test.describe.configure({ mode: 'default' })

let system: RunningSystem

test.beforeAll(async () => {
  system = await startSystem({ ports: 'any', dataDir: 'temporary' })
})
test.afterAll(() => system.stop())

test('the walk finds the whole trace of an order', async () => {
  const lines: string[] = []
  const ok = await walk({ shopUrl: system.shopUrl, queryUrl: system.queryUrl, log: (line) => lines.push(line) })
  const said = lines.join('\n')
  expect(ok, said).toBe(true)
  expect(said).toMatch(/internet-shop: order\.submit .* order_id=o-\w+ {2}user_id=u-\w+/)
  expect(said).toMatch(/shop-api: PutObject/)
  expect(said).toContain('Everything is there')
})

test('the walk fails and says so when the trace is not there', async () => {
  const elsewhere = await startStore()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const ok = await walk({ shopUrl: system.shopUrl, queryUrl: elsewhere.url, log, deadlineMs: 1_000 })
  expect(ok).toBe(false)
  expect(lines.at(-1)).toMatch(/^No trace of internet-shop with order_id o-\w+ came within 1 s\.$/)
  await elsewhere.stop()
})

test('the walk fails and says so when the shop or the query API is not there', async () => {
  const gone = await startStore()
  await gone.stop()
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  expect(await walk({ shopUrl: system.shopUrl, queryUrl: gone.url, log })).toBe(false)
  expect(lines.at(-1)).toContain(`${gone.url} does not answer`)
  expect(await walk({ shopUrl: gone.url, queryUrl: system.queryUrl, log })).toBe(false)
  expect(lines.at(-1)).toContain('The walk stopped')
})
