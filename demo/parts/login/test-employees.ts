import type { Employee } from './employee'

/** Those who work in the demo. */
export const testEmployees: readonly Employee[] = [
  { userId: 'u-manager-1', roles: ['manager'] },
  { userId: 'u-manager-2', roles: ['manager'] },
  { userId: 'u-operator-1', roles: ['operator'] },
  { userId: 'u-operator-2', roles: ['operator'] },
  { userId: 'u-foreman', roles: ['manager', 'operator'] },
]
