import { EventEmitter, once } from 'node:events'
import { expect, test } from '@playwright/test'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { answerJson, startAnswering } from '../support/answering-server'
import { dayArguments, makeDay, startOrderStore } from '../support/order-store'
import { runCommand, startCommand } from '../support/run-command'
import { makeCheckout } from '../support/traces'
import { startVersion1Store } from '../support/version-1-store'

/** Runs the command over these traces. */
async function slowOf(traces: readonly JaegerTrace[], args: readonly string[] = [], env: Record<string, string> = {}) {
  const store = await startOrderStore(traces)
  try {
    return await runCommand(['slow', '--jaeger', store.url, ...dayArguments, ...args], env)
  } finally {
    await store.stop()
  }
}

const escaping = '\x1b[2J\x9b31m\u202etxt'

test('nothing that a span says steers the terminal', async () => {
  const evil = makeCheckout({ attributes: { order_id: `o-1${escaping}`, user_id: `u${escaping}`, channel: escaping } })
  const failed = makeCheckout({ id: 2, outcome: 'failed', failed: 'files', message: 'none' })
  const said = failed.spans.map((span) => ({ ...span, statusMessage: span.statusMessage + escaping }))
  const traces = [evil, { ...failed, spans: said }]
  const unprintable = /[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069]/u
  expect(escaping).toMatch(unprintable)
  const report = await slowOf(traces, ['--outcome', 'all'])
  expect(report.out).toContain('o-1\ufffd[2J\ufffd31m\ufffdtxt')
  const life = await slowOf(traces, ['--order', 'o-2'])
  expect(life.out).toContain('broken\ufffd[2J')
  const json = await slowOf(traces, ['--json', '--outcome', 'all'])
  expect(JSON.parse(json.out).slowest).toContainEqual(expect.objectContaining({ orderId: `o-1${escaping}` }))
  for (const { out } of [report, life, json]) expect(out).not.toMatch(unprintable)
  const csv = await slowOf(traces, ['--csv'])
  expect(csv.out.replaceAll('\r\n', '')).not.toMatch(unprintable)
  const store = await startAnswering((_url, response) => answerJson(response, 500, { error: { message: escaping } }))
  const refused = await runCommand(['slow', '--jaeger', store.url])
  expect(refused.err).toContain('\ufffd[2J')
  expect(refused.err).not.toMatch(unprintable)
  await store.stop()
})

test('every time is by the local clock, and says how far that is from UTC', async () => {
  const moscow = { TZ: 'Europe/Moscow' }
  expect((await slowOf([makeCheckout()], [], moscow)).out).toContain('2026-03-02 12:00:00+03:00')
  expect((await slowOf([makeCheckout()], ['--order', 'o-1'], moscow)).out).toContain('2026-03-02 12:00:00+03:00')
  expect((await slowOf([makeCheckout()], [], { TZ: 'America/St_Johns' })).out).toContain('2026-03-02 05:30:00-03:30')
  // Midnight in Moscow is nine in the evening before, in UTC.
  const store = await startOrderStore([])
  const time = ['--since', '2026-03-02', '--until', '2026-03-02T12:00']
  const { out } = await runCommand(['slow', '--jaeger', store.url, ...time, '--json'], moscow)
  expect(JSON.parse(out)).toMatchObject({ from: Date.UTC(2026, 2, 1, 21), to: Date.UTC(2026, 2, 2, 9) })
  await store.stop()
})

test('the slowest are those that were confirmed, and others where they are asked for', async () => {
  const hung = makeCheckout({ id: 2, database: 60_000, outcome: 'failed', failed: 'database', message: 'none' })
  const traces = [makeCheckout(), hung]
  const slowest = async (...args: string[]) =>
    JSON.parse((await slowOf(traces, ['--json', ...args])).out).slowest.map(
      ({ orderId }: { orderId: string }) => orderId,
    )
  expect(await slowest()).toEqual(['o-1'])
  expect(await slowest('--outcome', 'failed')).toEqual(['o-2'])
  expect(await slowest('--outcome', 'all')).toEqual(['o-2', 'o-1'])
  // Of none that were confirmed there is no median.
  const none = await slowOf([hung])
  expect(none.out).toContain('p50 –')
  expect(none.out).not.toContain('slow is longer')
})

test('CSV as a spreadsheet of here wants it, and one line beside it when orders are missing', async () => {
  const { out, err } = await slowOf(makeDay(), ['--csv', '--separator', ';', '--limit', '1'])
  expect(out.split('\r\n')[0]).toMatch(
    /^started;order_id;user_id;.*;failed_at;ms;messages;attempts;queued_ms;arrived_ms;trace_id;/,
  )
  expect(err).toMatch(
    /^95 orders, the newest, since 2026-03-02 \d\d:00:00[+-]\d\d:\d\d; older ones are not in the figures\.\n$/,
  )
  const whole = await slowOf(makeDay(), ['--csv'])
  expect([whole.err, whole.out.split('\r\n').length]).toEqual(['', 97])
  expect(whole.out).toMatch(/,confirmed,,,100,arrived,1,30,140,/)
})

test('options that would not be heeded are refused', async () => {
  for (const [args, message] of [
    [['--order', 'o-1', '--csv'], '--csv says nothing beside --order'],
    [['--order', 'o-1', '--top', '3'], '--top says nothing beside --order'],
    [['--order', 'o-1', '--user', 'u-1'], '--user says nothing beside --order'],
    [['--order', ''], '--order wants the number of an order'],
    [['--csv', '--json'], '--json says nothing beside --csv'],
    [['--csv', '--top', '3'], '--top says nothing beside --csv'],
    [['--separator', ';'], '--separator is one of --csv'],
    [['--csv', '--separator', 'x'], '--separator is , or ;'],
    [['--outcome', 'late'], '--outcome is confirmed or failed'],
    [['--compare', 'year'], '--compare is before or week'],
  ] as const) {
    const result = await runCommand(['slow', '--jaeger', 'http://127.0.0.1:1', ...args])
    expect([result.code, result.out], message).toEqual([2, ''])
    expect(result.err).toContain(message)
  }
})

test('compares with the time before, by what counts as slow now', async () => {
  const earlier = Array.from({ length: 60 }, (_, index) =>
    makeCheckout({ id: 500 + index, at: -2 * 3_600_000 + index }),
  )
  const traces = [...makeDay(), ...earlier]
  const { out } = await slowOf(traces, ['--compare', 'before'])
  expect(out).toContain('Compared with before')
  expect(out).toMatch(/60 orders: all of this time/)
  expect(out).toMatch(/slow +23% +0% +\+23% +\+1\d% … \+3\d% +worse/)
  expect(out).toMatch(/median +100ms +100ms +0ms +0ms … 0ms +may be chance/)
  const week = JSON.parse((await slowOf(traces, ['--compare', 'week', '--json'])).out)
  expect(week.comparison).toMatchObject({ count: 0, changes: { slow: { judgement: 'few' } } })
})

test('a Jaeger with version 1 alone gives the same figures', async () => {
  const store = await startVersion1Store(makeDay())
  const args = ['slow', '--jaeger', store.url, ...dayArguments, '--json']
  const old = JSON.parse((await runCommand(args)).out)
  expect(store.asked.some((path) => path.startsWith('/api/traces?'))).toBe(true)
  const today = JSON.parse((await slowOf(makeDay(), ['--json'])).out)
  expect(today.funnel.started).toBe(95)
  expect(roundedToMicros(old)).toEqual(roundedToMicros(today))
  const life = await runCommand(['slow', '--jaeger', store.url, ...dayArguments, '--order', 'o-87'])
  expect(life.out).toContain('its message never reached the MES')
  await store.stop()
})

/** Version 1 has no more than microseconds. */
function roundedToMicros(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 100) / 100
  if (Array.isArray(value)) return value.map(roundedToMicros)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, roundedToMicros(own)]))
}

for (const args of [[], ['--order', 'o-1']]) {
  test(`ends when it is stopped in the middle, with the code of that: ${args[0] ?? 'the report'}`, async () => {
    const heard = new EventEmitter()
    const asked = once(heard, 'asked')
    const silent = await startAnswering(() => heard.emit('asked'))
    const { child, ended } = startCommand(['slow', '--jaeger', silent.url, ...args])
    await asked
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, out: '', err: 'Stopped.\n' })
    await silent.stop()
  })
}
