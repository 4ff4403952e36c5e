import { joinJaeger } from '../../src/playwright/from-jaeger'
import { readDelivery } from '../../src/traces/read-delivery'
import { createTraceLog } from '../../src/traces/trace-log'
import { exportRequest, traceId } from '../demo/support/otlp-spans'
import { answerJson, startAnswering } from '../support/answering-server'
import { expect, messageOf, test } from '../support/traces-test'

/** Jaeger's answer to a question for one trace, version 3 of its API. */
const spanOf = (trace: string) => ({
  result: exportRequest({ id: '7', trace, service: 'shop-api', kind: 2, parent: '1' }),
})

async function pagesWith(...traces: string[]) {
  const log = createTraceLog()
  for (const trace of traces) {
    const attributes = { order_id: `o-${trace}` }
    const body = JSON.stringify(exportRequest({ id: '1', trace, service: 'shop', attributes }))
    const headers = { 'content-type': 'application/json' }
    log.add(await readDelivery({ url: 'http://collector', headers, body: Buffer.from(body) }))
  }
  return { source: log, traceIds: () => [] }
}

const askedFor = (asked: string[]) => new Set(asked.map((path) => /[\da-f]{32}/.exec(path)?.[0]))

test('a Jaeger that is broken is asked again, and what it said last stands in the message', async () => {
  let broken = true
  const jaeger = await startAnswering((url, response) => {
    if (broken) return answerJson(response, 503, { error: { message: 'starting' } })
    answerJson(response, 200, spanOf(/[\da-f]{32}/.exec(url.pathname)?.[0] ?? ''))
  })
  const joined = joinJaeger(await pagesWith('a'), jaeger.url, { batchMs: 0 })
  // Without a limit: on a busy machine no time of a matcher is sure to be enough for an answer.
  await joined.refresh?.(new AbortController().signal)
  const message = await messageOf(expect(joined).toHaveEdge('shop', 'shop-api', { timeout: 10 }))
  expect(message).toMatch(/When it was last asked: .* answered 503/)
  expect(message).toContain(`Jaeger at ${jaeger.url} has no span of this trace yet.`)
  const waiting = expect(joined).toHaveEdge('shop', 'shop-api')
  broken = false
  await waiting
  await jaeger.stop()
})

test('a Jaeger that does not answer takes no longer than the matcher may', async () => {
  const jaeger = await startAnswering(() => {})
  const joined = joinJaeger(await pagesWith('a'), jaeger.url, { batchMs: 0 })
  const message = await messageOf(expect(joined).toHaveEdge('shop', 'shop-api', { timeout: 300 }))
  expect(Number(/After (\d+) ms/.exec(message)?.[1])).toBeLessThan(3_000)
  expect(message).toContain('When it was last asked: it did not answer in time')
  await expect(joined.waitForSpan({ service: 'shop-api' }, { timeout: 100 })).rejects.toThrow(
    'it did not answer in time',
  )
  await jaeger.stop()
})

test('until it has answered with a span nothing is believed of what is not there', async () => {
  const jaeger = await startAnswering((_, response) => answerJson(response, 404, { error: { httpCode: 404 } }))
  const joined = joinJaeger(await pagesWith('a'), jaeger.url, { batchMs: 0 })
  for (const failing of [
    () => expect(joined).toBeUnbroken({ timeout: 20 }),
    () => expect(joined).not.toHaveEdge('shop', 'postgresql', { timeout: 20 }),
    () => expect(joined.order('o-a')).toHaveNoPersonalData({ timeout: 20 }),
  ])
    expect(await messageOf(failing())).toContain('has no span of this trace yet.')
  await expect(joined).toHaveSpan({ service: 'shop' }, { timeout: 20 })
  await jaeger.stop()
})

test('it is asked for at most four traces at a time, and of an order for the order’s alone', async () => {
  let [now, most] = [0, 0]
  const jaeger = await startAnswering(async (url, response) => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => setTimeout(resolve, 20))
    now--
    answerJson(response, 200, spanOf(/[\da-f]{32}/.exec(url.pathname)?.[0] ?? ''))
  })
  const traces = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
  const joined = joinJaeger(await pagesWith(...traces), jaeger.url, { batchMs: 0 })
  await expect(joined.order('o-3')).toHaveEdge('shop', 'shop-api')
  expect(askedFor(jaeger.asked)).toEqual(new Set([traceId('3')]))
  await joined.refresh?.(new AbortController().signal)
  expect(askedFor(jaeger.asked).size).toBe(traces.length)
  expect(most).toBe(4)
  await jaeger.stop()
})
