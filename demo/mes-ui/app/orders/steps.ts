import type { Session } from '../../../ui/session'
import type { Order } from './order'

/** What an operator can do to an order: the name of the operation in its traces, and of the address in the API. */
export type Step = 'price' | 'take' | 'release' | 'start' | 'complete' | 'package'

/** What this person can do to the order now, the most likely first. The API has the last word. */
export function stepsFor(order: Order, me: Session): Step[] {
  const isMine = order.operatorId === me.userId
  switch (order.status) {
    case 'SUBMITTED':
      return ['price']
    case 'MANUFACTURING_APPROVED':
      return stepsOfApproved(order, me)
    case 'MANUFACTURING_STARTED':
      return isMine ? ['complete'] : []
    case 'MANUFACTURING_COMPLETED':
      return isMine ? ['package'] : []
    default:
      return []
  }
}

/** Is this what brings the order on, rather than something that one can do beside that? */
export function isMainStep(step: Step, { status }: Order): boolean {
  return step !== 'release' && (step !== 'price' || status === 'SUBMITTED')
}

/** A manager may have approved it before it had a price. */
function stepsOfApproved({ operatorId, price }: Order, me: Session): Step[] {
  const pricing: Step[] = price === null ? ['price'] : []
  if (operatorId === null) return ['take', ...pricing]
  if (operatorId === me.userId) return ['start', ...pricing, 'release']
  return isForeman(me) ? [...pricing, 'release'] : pricing
}

/** A foreman may give back what another has taken. */
export function isForeman({ roles }: Session): boolean {
  return roles.includes('manager') && roles.includes('operator')
}
