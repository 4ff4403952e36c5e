import { trackLeaving } from '../page/lifecycle'
import type { Parts } from './compose'

/** What is done when the page goes away: a part that fails keeps no other from its own. */
export function watchLeaving(parts: Parts): () => void {
  const { carrier, guard, operations, flow, delivery } = parts
  return trackLeaving(parts.listeners, {
    onLeave(at) {
      parts.isGone = true
      guard('leave', () =>
        operations.leaveAll(({ step, span, orderId, userId }) =>
          carrier.leave({ step, span: span.spanContext(), orderId, userId }),
        ),
      )
      guard('leave', flow.interruptAll)
      delivery.sendLast(at)
    },
    onReturn() {
      parts.isGone = false
      delivery.comeBack()
    },
    onHide: delivery.sendHidden,
    onDeparture: delivery.sendNow,
    onOnline: delivery.online,
  })
}
