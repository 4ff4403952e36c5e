import type { OrderStatus } from '../../../parts/orders/order-status'
import type { Order } from './order'

/** By what is to be done next, in the order of the work. */
export const stages = ['to-price', 'priced', 'to-take', 'in-work', 'made', 'packed'] as const
export type Stage = (typeof stages)[number]

/** What the board shows: everything, what is in my hands, or one stage. */
export const views = ['all', 'mine', ...stages] as const
export type View = (typeof views)[number]

export type LaneName = Exclude<View, 'all'>

/** A part of the board with its orders, who waits longest first. */
export interface Lane {
  name: LaneName
  orders: Order[]
  /** Orders of this stage that stand among mine. */
  mineElsewhere: number
}

const stageOfStatus: Partial<Record<OrderStatus, Stage>> = {
  SUBMITTED: 'to-price',
  PRICE_CALCULATED: 'priced',
  MANUFACTURING_STARTED: 'in-work',
  MANUFACTURING_COMPLETED: 'made',
  PACKAGING: 'packed',
}

/** The stage of an order; nothing once it has left the house. */
export function stageOf({ status, operatorId }: Order): Stage | undefined {
  if (status === 'MANUFACTURING_APPROVED') return operatorId ? 'in-work' : 'to-take'
  return stageOfStatus[status]
}

/** Is the order in this operator's hands? One that is packed waits for somebody else. */
export function isMine(order: Order, userId: string): boolean {
  return order.operatorId === userId && order.status !== 'PACKAGING'
}

/** The view that the address names, and everything for a name that there is not. */
export function readView(name: unknown): View {
  return views.find((view) => view === name) ?? 'all'
}

/** What the board shows of everything: mine, what anybody can do beside it, and what waits for others. */
export interface Arrangement {
  mine: Lane
  /** From left to right; a lane whose work is for anybody is there also when it is empty. */
  columns: Lane[][]
}

const columnStages: Stage[][] = [['to-price'], ['to-take'], ['in-work', 'made', 'priced', 'packed']]

/** Arranges all orders; mine come first and are not repeated. */
export function arrange(orders: readonly Order[], userId: string): Arrangement {
  const mine = pickLane(orders, { view: 'mine', userId })
  const isElsewhere = new Set(mine.orders)
  const columns = columnStages.map((names) =>
    names.map((view): Lane => {
      const lane = pickLane(orders, { view, userId })
      const others = lane.orders.filter((order) => !isElsewhere.has(order))
      return { ...lane, orders: others, mineElsewhere: lane.orders.length - others.length }
    }),
  )
  const shown = columns.map((lanes) => (lanes.length === 1 ? lanes : lanes.filter((lane) => lane.orders.length > 0)))
  return { mine, columns: shown.filter((lanes) => lanes.length > 0) }
}

/** One lane, whole. */
export function pickLane(orders: readonly Order[], { view, userId }: { view: LaneName; userId: string }): Lane {
  const fits = (order: Order) => (view === 'mine' ? isMine(order, userId) : stageOf(order) === view)
  return { name: view, orders: orders.filter(fits), mineElsewhere: 0 }
}
