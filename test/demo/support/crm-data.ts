import type { OrderWithHistory } from '../../../demo/crm-api/orders'
import { orderStatuses } from '../../../demo/parts/orders/order-status'

/** An order in the CRM API's own shape, with the history that its status tells of. */
export function crmOrder(changes: Partial<OrderWithHistory> = {}): OrderWithHistory {
  const status = changes.status ?? 'PRICE_CALCULATED'
  const passed = orderStatuses.slice(0, orderStatuses.indexOf(status) + 1)
  return {
    id: 'o-42',
    productId: 'ring-dawn',
    product: { name: { ru: 'Кольцо «Рассвет»', en: 'Dawn ring' } },
    customerId: 'u-7kq2m4x9ab',
    quantity: 2,
    status,
    price: 1_383_000,
    model: { name: 'ring with a very long name of its file, version 12 (final).stl', size: 1_234_567 },
    createdAt: '2026-03-02T09:15:00.000Z',
    history: passed.map((one, index) => ({
      status: one,
      at: new Date(Date.UTC(2026, 2, 2 + index, 9, 15)).toISOString(),
    })),
    ...changes,
  }
}
