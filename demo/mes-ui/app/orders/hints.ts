import type { Session } from '../../../ui/session'
import type { Order } from './order'
import { stepsFor } from './steps'

type Hint = 'next.unpriced' | `next.${Exclude<Order['status'], 'INITIATED' | 'SUBMITTED'>}`

/** What an operator should know beside the buttons: why there are none, or what is missing. */
export function hintKeys(order: Order, me: Session): Hint[] {
  const steps = stepsFor(order, me)
  const hints: Hint[] = []
  const isOfAnother =
    order.status === 'MANUFACTURING_APPROVED' && order.operatorId !== null && order.operatorId !== me.userId
  if (order.status !== 'INITIATED' && order.status !== 'SUBMITTED' && (steps.length === 0 || isOfAnother)) {
    hints.push(`next.${order.status}`)
  }
  if (order.status === 'MANUFACTURING_APPROVED' && order.price === null) hints.push('next.unpriced')
  return hints
}
