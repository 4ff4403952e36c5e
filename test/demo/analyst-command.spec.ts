import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from '@playwright/test'
import { type AnsweringServer, answerJson, startAnswering } from '../support/answering-server'
import { type RunningCommand, startCommand } from '../support/run-command'

let jaeger: AnsweringServer
let running: RunningCommand | undefined
let authorization: string | undefined
test.beforeEach(async () => {
  jaeger = await startAnswering((_url, response, { headers }) => {
    authorization = headers.authorization
    answerJson(response, 200, { services: ['crm'] })
  })
})
test.afterEach(async () => {
  running?.child.kill()
  await running?.ended
  running = undefined
  await jaeger.stop()
})

async function start(...args: string[]): Promise<string> {
  const header = ['--header', 'Authorization: Bearer secret']
  running = startCommand(['analyst', '--jaeger', `${jaeger.url}/jaeger`, '--port', '0', ...header, ...args])
  const [address = ''] = (await running.printed((out) => out.includes('stops it'))).split('\n')
  return address
}

/** Asks for a path as it is: `fetch` would take the way up out of it before anybody saw it. */
async function statusOf(address: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(address)
  const asking = request({ host: hostname, port, path }).end()
  const [response] = await once(asking, 'response')
  response.resume()
  return response.statusCode
}

test('hands on what the page asks of the query API, with the headers given, and nothing else of that host', async () => {
  const address = await start()
  for (const path of [
    '/api/v3/services',
    '/api/v3/traces?query.serviceName=a%2Fb',
    '/api/services/a%2Fb/operations',
    '/api/traces/ab',
  ])
    expect(await statusOf(address, path), path).toBe(200)
  expect(jaeger.asked).toContain('/jaeger/api/services/a%2Fb/operations')
  expect(authorization).toBe('Bearer secret')
  const asked = jaeger.asked.length
  for (const path of [
    '/api/../../admin',
    '/api/v3/../../../admin',
    '/api/v3/%2e%2e/%2e%2e/admin',
    '/api/v3/..%2f..%2fadmin',
    '/api/v3/%252e%252e%252fadmin',
    '/api/v3/..%5c..%5cadmin',
    '/api/v3/..;/admin',
    '/api/v3\\..\\..\\admin',
    '/api/%',
    '/api/v3/%',
    '/api/tracesome',
    '/api/archive/ab',
    '/api/admin',
  ])
    expect(await statusOf(address, path), path).toBe(404)
  expect(jaeger.asked.length).toBe(asked)
})

test('sends to Jaeger’s own page for a trace, and nowhere else', async () => {
  const address = await start()
  const { origin } = new URL(address)
  const led = await fetch(`${origin}/trace/ab12`, { redirect: 'manual' })
  expect([led.status, led.headers.get('location')]).toEqual([302, `${jaeger.url}/jaeger/trace/ab12`])
  expect(await statusOf(address, '/trace/../../evil')).toBe(404)
})

test('ends when it is stopped, with the code of that', async () => {
  await start()
  running?.child.kill('SIGINT')
  expect(await running?.ended).toMatchObject({ code: 130, err: '' })
})

test('prints an address that can be opened, also of version 6, and refuses what it would not heed', async () => {
  const address = await start('--host', '::1')
  expect(address).toMatch(/^http:\/\/\[::1\]:\d+\/analyst\/$/)
  const { code, err } = await startCommand(['analyst', '--jaeger', jaeger.url, '--timeout', '3s']).ended
  expect([code, err]).toEqual([2, expect.stringContaining("Unknown option '--timeout'")])
})
