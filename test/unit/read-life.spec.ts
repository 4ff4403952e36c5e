import { expect, test } from '@playwright/test'
import { readLife } from '../../src/analyst/read-life'
import type { TraceQuery } from '../../src/jaeger/trace-query'
import { EPOCH_MS } from '../support/traces'
import { makeLife } from '../support/whole-life'

const which = { orderId: 'o-1', from: EPOCH_MS, to: EPOCH_MS + 3_600_000 }

/** A Jaeger of a company with many services. */
function makeClient() {
  const asked: string[] = []
  const traces = makeLife()
  return {
    asked,
    services: async () => [
      'billing',
      'chat',
      'crm',
      'crm-api',
      'internet-shop',
      'mes-api',
      'mes-ui',
      'shop-api',
      'wiki',
    ],
    async findTraces({ service }: TraceQuery) {
      asked.push(service)
      return { traces: traces.filter(({ spans }) => spans.some((span) => span.service === service)), complete: true }
    },
  }
}

test('asks first who is likely to know the order and who took part in it, then all others, and says how far it is', async () => {
  const client = makeClient()
  const progress: number[] = []
  const onProgress = ({ asked, of }: { asked: number; of: number }) => progress.push(asked / of)
  const { life, complete } = await readLife(client, which, { first: ['shop-api'], onProgress })
  expect(client.asked[0]).toBe('shop-api')
  expect(client.asked.slice(6).sort()).toEqual(['billing', 'chat', 'wiki'].sort())
  expect([life.steps.length, complete, progress.length, progress.at(-1)]).toEqual([9, true, 9, 1])
})
