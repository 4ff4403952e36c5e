import { expect, test } from '@playwright/test'
import { Refusal } from '../../demo/parts/http/refusal'
import { checkNextStatus, isOrderStatus, isPassed, orderStatuses } from '../../demo/parts/orders/order-status'

test('of all pairs of statuses, only the next one may follow, and an approval also before the price', () => {
  const allowed = orderStatuses.flatMap((now) =>
    orderStatuses.filter((next) => isAllowed(now, next)).map((next) => `${now} → ${next}`),
  )
  expect(allowed).toEqual([
    'INITIATED → SUBMITTED',
    'SUBMITTED → PRICE_CALCULATED',
    'SUBMITTED → MANUFACTURING_APPROVED',
    'PRICE_CALCULATED → MANUFACTURING_APPROVED',
    'MANUFACTURING_APPROVED → MANUFACTURING_STARTED',
    'MANUFACTURING_STARTED → MANUFACTURING_COMPLETED',
    'MANUFACTURING_COMPLETED → PACKAGING',
    'PACKAGING → SHIPPED',
    'SHIPPED → CLOSED',
  ])
})

test('a refusal says what the order is and what it can become', () => {
  expect(() => checkNextStatus('SHIPPED', 'PACKAGING')).toThrow('The order is SHIPPED: it can become CLOSED, not')
  expect(() => checkNextStatus('CLOSED', 'SHIPPED')).toThrow('it can become nothing any more, not SHIPPED.')
})

test('a status is passed when the order is there or beyond', () => {
  expect(orderStatuses.filter((status) => isPassed(status, 'PRICE_CALCULATED'))).toEqual(orderStatuses.slice(0, 3))
})

test('a status is one of nine words', () => {
  expect(orderStatuses.every(isOrderStatus)).toBe(true)
  for (const other of ['', 'shipped', 'toString', undefined, 7, ['SHIPPED']]) expect(isOrderStatus(other)).toBe(false)
})

function isAllowed(...pair: Parameters<typeof checkNextStatus>): boolean {
  try {
    checkNextStatus(...pair)
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ status: 409, code: 'status_not_allowed' })
    return false
  }
}

test('the shop’s pages know the same statuses in the same order', async () => {
  const pages = new URL('../../demo/internet-shop/pages/assets/js/statuses.js', import.meta.url)
  expect((await import(pages.href)).STATUSES).toEqual([...orderStatuses])
})
