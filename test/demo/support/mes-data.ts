import type { HistoryEntry, Order } from '../../../demo/mes-api/orders'

const day = 24 * 3_600_000

/** An order as the MES API tells of it; what is not said has a default. */
export function mesOrder(changes: Partial<Order> & { id: string; days?: number }): Order {
  const { days = 1, ...rest } = changes
  return {
    productId: 'ring-dawn',
    quantity: 1,
    status: 'SUBMITTED',
    material: null,
    price: null,
    operatorId: null,
    model: { name: 'Кольцо.stl', size: 845_120 },
    // A little more than whole days, so that they stay whole while a test runs.
    receivedAt: new Date(Date.now() - days * day - 60_000).toISOString(),
    ...rest,
  }
}

const silver = { material: 'silver-925', price: 1_383_000 } as const
const gold = { material: 'gold-585', price: 7_803_000 } as const

/** A board with orders at every stage: some of the operator, some of others, some late. */
export const boardOrders: Order[] = [
  mesOrder({ id: 'o-6zm26fq8dx', days: 27, productId: 'earrings-fern', quantity: 2 }),
  mesOrder({
    id: 'o-7p3wkt5cnb',
    days: 25,
    productId: 'bracelet-link',
    status: 'PACKAGING',
    operatorId: 'u-operator-2',
    ...gold,
  }),
  mesOrder({
    id: 'o-9fd4m2xvjh',
    days: 22,
    status: 'MANUFACTURING_STARTED',
    operatorId: 'u-operator-1',
    quantity: 2,
    ...gold,
  }),
  mesOrder({ id: 'o-b8qn5r3tzw', days: 17, productId: 'ring-signet', status: 'MANUFACTURING_APPROVED', ...silver }),
  mesOrder({
    id: 'o-c2hj7ykd4m',
    days: 15,
    productId: 'brooch-swift',
    status: 'MANUFACTURING_COMPLETED',
    operatorId: 'u-operator-2',
    ...silver,
  }),
  mesOrder({
    id: 'o-d5xs9vn3pq',
    days: 9,
    productId: 'pendant-drop',
    status: 'MANUFACTURING_APPROVED',
    operatorId: 'u-operator-1',
  }),
  mesOrder({
    id: 'o-f4tr8bzc6k',
    days: 8,
    productId: 'pendant-drop',
    status: 'MANUFACTURING_APPROVED',
    operatorId: 'u-operator-2',
    ...silver,
  }),
  mesOrder({ id: 'o-g7wm3jx5hd', days: 6, status: 'MANUFACTURING_APPROVED' }),
  mesOrder({
    id: 'o-h9kq2np8vt',
    days: 4,
    productId: 'ring-signet',
    status: 'PRICE_CALCULATED',
    quantity: 12,
    ...gold,
  }),
  mesOrder({ id: 'o-j3cz6rf4yb', days: 1, productId: 'bracelet-link' }),
  mesOrder({ id: 'o-k8vd5tm7xs', days: 0, productId: 'a-new-piece', quantity: 3 }),
]

/** The way of an order up to where it is, with everything that an operator may have done to it. */
export const fullHistory: HistoryEntry[] = [
  ['SUBMITTED', null, null],
  ['PRICE_CALCULATED', null, 'u-operator-2'],
  ['MANUFACTURING_APPROVED', null, null],
  ['MANUFACTURING_APPROVED', 'taken', 'u-operator-2'],
  ['MANUFACTURING_APPROVED', 'released', 'u-foreman'],
  ['MANUFACTURING_APPROVED', 'taken', 'u-operator-1'],
  ['MANUFACTURING_STARTED', null, 'u-operator-1'],
].map(([status, event, operatorId], at) => ({
  status: status as HistoryEntry['status'],
  event: event as HistoryEntry['event'],
  operatorId: operatorId ?? null,
  at: new Date(Date.UTC(2026, 2, 2 + at, 9, 15 + at)).toISOString(),
}))

/** What did not get through: one that tells of an order, and one of which nothing can be read. */
export const parkedMessages = [
  {
    id: '1b671a64-40d5-491e-99b0-da01ff1f3341',
    queue: 'statuses-from-mes',
    orderId: 'o-9fd4m2xvjh',
    status: 'MANUFACTURING_STARTED',
    reason: 'there is no such order in the Shop DB',
    parkedAt: '2026-03-03T08:02:00.000Z',
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  },
  {
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    queue: 'orders-for-mes',
    orderId: null,
    status: null,
    reason: 'the message is malformed: orderId',
    parkedAt: '2026-03-02T17:40:00.000Z',
    traceId: null,
  },
]

export const prices = [
  { material: 'gold-585', price: 7_803_000 },
  { material: 'silver-925', price: 1_383_000 },
  { material: 'silver-gilded', price: 1_703_000 },
]
