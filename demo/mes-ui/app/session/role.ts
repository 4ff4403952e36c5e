import type { Session } from '../../../ui/session'
import { isForeman } from '../orders/steps'

/** What the workshop calls somebody with these roles. */
export function roleKey(session: Session): 'person.foreman' | 'person.operator' | 'person.other' {
  if (isForeman(session)) return 'person.foreman'
  return session.roles.includes('operator') ? 'person.operator' : 'person.other'
}
