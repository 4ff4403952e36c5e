import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { findAnyPort } from '../../demo/launcher/ports'
import { startSystem } from '../../demo/launcher/start-system'
import { startPostgres } from '../../demo/parts/postgres/postgres'
import { createCustomer, createOrderForm } from './support/customer'
import { startOtlpCollector } from './support/otlp-collector'
import { createTraceContext } from './support/trace-context'

test.setTimeout(120_000)

test('a collector that is down disturbs nobody, also with a database of one’s own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ordertrace-test-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ folder, choosePort: findAnyPort })
  const env = { SHOP_DB_URL: postgres.urls.shop, MES_DB_URL: postgres.urls.mes, QUEUE_URL: postgres.urls.queue }
  const collectorUrl = `http://127.0.0.1:${await findAnyPort()}`
  const system = await startSystem({ ports: 'any', dataDir: 'temporary', env, collectorUrl })
  // Neither a database nor a trace store, nor a gate to one that nobody can read.
  const parts = [
    'CRM',
    'CRM API',
    'Internet shop',
    'MES',
    'MES API',
    'Shop API',
    'door for browsers',
    'identity provider',
  ]
  expect(Object.keys(system.pids).sort()).toEqual(parts)

  const customer = await createCustomer(system.shopUrl)
  const response = await customer.send('/api/orders', { method: 'POST', body: createOrderForm() })
  expect(response.status).toBe(201)
  // What the page's own spans meet.
  const headers = { 'content-type': 'application/json' }
  const spans = await fetch(`${system.shopUrl}/v1/traces`, { method: 'POST', body: '{}', headers })
  expect([spans.status, spans.headers.get('retry-after')]).toEqual([503, '10'])

  await system.stop()
  await postgres.stop()
  await rm(folder, { recursive: true })
})

test('what was just done is sent before the service stops, and health checks are not in it', async () => {
  const collector = await startOtlpCollector()
  const system = await startSystem({ ports: 'any', dataDir: 'temporary', env: {}, collectorUrl: collector.url })
  const { traceId, traceparent } = createTraceContext()
  const customer = await createCustomer(system.shopUrl)
  await fetch(`${system.apiUrl}/health`)
  await customer.send('/api/orders', { method: 'POST', headers: { traceparent }, body: createOrderForm() })
  await system.stop()

  const spans = collector.spans.filter((span) => span.traceId === traceId)
  expect(spans.map((span) => span.name)).toEqual(expect.arrayContaining(['POST /api/orders', 'PutObject']))
  expect(collector.spans.filter((span) => JSON.stringify(span).includes('health'))).toEqual([])
  const roots = collector.spans.filter((span) => !span.parentSpanId)
  expect(roots.map((span) => span.name)).toEqual(['POST /api/session'])
  await collector.stop()
})
