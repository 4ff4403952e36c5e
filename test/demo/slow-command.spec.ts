import { expect, test } from '@playwright/test'
import type { TraceStore } from '../../demo/trace-store/create-trace-store'
import { answerJson, startAnswering } from '../support/answering-server'
import { dayArguments, makeDay, startOrderStore } from '../support/order-store'
import { runCommand } from '../support/run-command'

let store: TraceStore
test.beforeAll(async () => {
  store = await startOrderStore(makeDay())
})
test.afterAll(() => store.stop())

const slow = (...args: string[]) => runCommand(['slow', '--jaeger', store.url, ...dayArguments, ...args])

test('prints the distribution, how orders ended, where the time goes, each cause, and the slowest', async () => {
  const { code, out, err } = await slow('--top', '2')
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('internet-shop: submission. 95 orders: all of this time.')
  expect(out).toMatch(/p50 100ms {3}p75 [\d.]+m?s {3}p95 3\.1s {3}p99 3\.1s {3}longest 3\.1s/)
  expect(out).toContain('slow is longer than 200ms: 21')
  expect(out).toMatch(/failed +3 +3\.2%\n/)
  expect(out).toMatch(/failed: order_not_saved +3 +3\.2%/)
  expect(out).toMatch(/database shop-db +20ms +782ms +\+762ms/)
  for (const cause of [
    /8 {2}slow: database shop-db +\+2s {2}[0-9a-f]{32}/,
    /7 {2}slow: file storage 3d-files +\+3s/,
    /6 {2}slow: user's device or network +\+1\.5s/,
    /5 {2}message late: queue +\+6s/,
    /4 {2}message lost: queue/,
    /3 {2}failed: database shop-db/,
  ])
    expect(out).toMatch(cause)
  expect(out).toMatch(/channel: partner +slow 33% \(7\) +normal 0% \(0\)/)
  expect(out.match(/ {2}3\.1s {2}confirmed {2}o-\d+ {2}u-\d+/g)).toHaveLength(2)
})

test('prints JSON and CSV for further work, and looks at one person alone', async () => {
  const json = JSON.parse((await slow('--json', '--slower-than', '2500ms')).out)
  expect(json).toMatchObject({ slowerThan: 2500, slowCount: 7, completeness: { crowded: [] }, funnel: { started: 95 } })
  const csv = (await slow('--csv')).out.trim().split('\r\n')
  expect(csv).toHaveLength(96)
  const own = JSON.parse((await slow('--json', '--user', 'u-61')).out)
  expect(own).toMatchObject({ funnel: { started: 1 }, slowest: [{ orderId: 'o-61' }] })
})

test('tells what became of one order', async () => {
  const lost = await slow('--order', 'o-87')
  expect(lost.out).toContain(
    'o-87: The submission was saved, but its message never reached the MES: The message cannot be read.',
  )
  expect(lost.out).toMatch(/✗ {2}queue → MES +30ms {2}failed {2}The message cannot be read/)
  const russian = await slow('--order', 'o-1', '--lang', 'ru')
  expect(russian.out).toContain('Ничего не сломалось')
})

test('says what is wrong in one line, and what to do', async () => {
  for (const [args, code, message] of [
    [['slow'], 2, 'Say where Jaeger is: --jaeger http://localhost:16686'],
    [['slow', '--jaeger', 'jaeger'], 1, '"jaeger" is no address of a Jaeger'],
    [['slow', '--jaeger', store.url, '--since', 'yesterday'], 2, '--since is a time such as 30m, 24h, 7d'],
    [['slow', '--jaeger', store.url, '--top', '0'], 2, '--top is a whole number from 1'],
    [['slow', '--jaeger', store.url, '--slower-than', '2'], 2, '--slower-than is a length such as 800ms'],
    [['slow', '--jaeger', store.url, '--lang', 'de'], 2, '--lang is en or ru'],
    [['slow', '--jaeger', store.url, '--header', 'secret'], 2, '--header is written "Name: value"'],
    [['slow', '--no-such'], 2, "Unknown option '--no-such'"],
    [['fast'], 2, 'There is no command "fast"'],
    [[], 2, 'ordertrace <command>'],
  ] as const) {
    const result = await runCommand(args, { JAEGER_QUERY_URL: '' })
    expect([result.code, result.out], message).toEqual([code, ''])
    expect(result.err).toContain(message)
    expect(result.err).not.toContain('    at ')
  }
  expect((await runCommand(['slow', '--help'])).out).toContain('--slower-than <time>')
})

test('sends its headers, and says when it may not read', async () => {
  const gate = await startAnswering((_url, response, request) => {
    const isAllowed = request.headers.authorization === 'Bearer right'
    answerJson(response, isAllowed ? 404 : 403, { error: { message: isAllowed ? 'No traces found' : 'not for you' } })
  })
  const ask = (token: string) =>
    runCommand(['slow', '--jaeger', gate.url, '--header', `Authorization: Bearer ${token}`])
  expect(await ask('right')).toMatchObject({ code: 0, out: expect.stringContaining('No order in this time.') })
  expect(await ask('wrong')).toMatchObject({ code: 1, err: expect.stringContaining('You may not read traces') })
  await gate.stop()
})
