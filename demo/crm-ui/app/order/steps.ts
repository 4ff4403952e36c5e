import type { OrderWithHistory } from '../../../crm-api/orders'
import { mayBecome, type OrderStatus } from '../../../parts/orders/order-status'
import { download, post } from '../../../ui/api'
import { tracing } from '../tracing'

/** What a manager can do with an order, and what it becomes by it. */
export const steps = { approve: 'MANUFACTURING_APPROVED', ship: 'SHIPPED', close: 'CLOSED' } as const

export type Step = keyof typeof steps

/** The steps that an order of this status allows. */
export function allowedSteps(status: OrderStatus): Step[] {
  return (Object.keys(steps) as Step[]).filter((step) => mayBecome(status, steps[step]))
}

/** Takes a step: one order operation, so one trace from this click to the message for the MES. */
export function takeStep(step: Step, id: string): Promise<OrderWithHistory> {
  return tracing.order(step, { id }, () => post<OrderWithHistory>(`/api/orders/${encodeURIComponent(id)}/${step}`))
}

/** Reads the model from the 3D files: an operation too, since a model that cannot be read is what stops an order. */
export function readModel(id: string): Promise<Blob> {
  return tracing.order('model', { id }, () => download(`/api/orders/${encodeURIComponent(id)}/model`))
}
