import type { Employee } from '../parts/login/employee'

/** A foreman works with the orders as a manager does and with the hands as an operator does, and so has both roles. */
export function isForeman({ roles }: Employee): boolean {
  return roles.includes('manager') && roles.includes('operator')
}
