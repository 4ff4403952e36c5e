import { expect, test } from '@playwright/test'
import type { Checkout } from '../../src/analyst/checkout'
import { writeCsv } from '../../src/analyst/csv'
import { summarise } from '../../src/analyst/summarise'
import type { JaegerTrace } from '../../src/jaeger/jaeger-trace'
import { EPOCH_MS, makeCheckout } from '../support/traces'

const which = { service: 'internet-shop', step: 'submit' }
const read = (trace: JaegerTrace): Checkout => {
  const checkout = summarise(trace, which, EPOCH_MS + 3_600_000)
  if (!checkout) throw new Error('no checkout')
  return checkout
}

test('CSV has a line for each order, and nothing in it becomes a formula', () => {
  const evil = read(makeCheckout({ id: 1 }))
  const [head, line, ...rest] = writeCsv([{ ...evil, orderId: '=1+1', reason: 'a "b", c' }]).split('\r\n')
  expect(head).toBe(
    'started,order_id,user_id,service,step,outcome,reason,failed_at,ms,messages,attempts,queued_ms,arrived_ms,trace_id,api:shop-api ms,browser:internet-shop ms,database:shop-db ms,files:3d-files ms,network:internet-shop ms,trait api,trait fileSize',
  )
  expect(line).toBe(
    `2026-03-02T09:00:00.000Z,'=1+1,u-1,internet-shop,submit,confirmed,"a ""b"", c",,100,arrived,1,30,140,${evil.traceId},10,10,20,40,20,shop-api POST /api/orders,10–100 kB`,
  )
  const failed = read(makeCheckout({ outcome: 'failed', failed: 'database', message: 'none' }))
  const untaken = { ...failed, ms: 99.6, messages: 'waiting' as const, arrivedMs: 7 }
  expect(writeCsv([untaken], { separator: ';' }).split('\r\n')[1]).toMatch(
    /;failed;order_not_saved;database:shop-db;100;waiting;0;0;;/,
  )
  expect(rest).toEqual([''])
})
