import { type Express, Router } from 'express'
import type { Pool } from 'pg'
import type { ModelReader } from '../parts/files/files'
import { createApi } from '../parts/http/api'
import { type IdentifyEmployee, readEmployee, requireRole } from '../parts/login/employee'
import type { Outbox } from '../parts/queue/outbox'
import { advanceOrder } from './advance-order'
import { downloadModel, showCounts, showOrder, showOrders } from './show-orders'

export interface CrmParts {
  pool: Pool
  files: ModelReader
  outbox: Outbox
  identify: IdentifyEmployee
}

/** The CRM API over its stores: for managers only. */
export function createApp({ pool, files, outbox, identify }: CrmParts): Express {
  const routes = Router()
  routes.use(readEmployee(identify))
  routes.use('/orders', requireRole('manager'))
  routes.get('/orders', showOrders(pool))
  // Before the next, for which it would be an order's number.
  routes.get('/orders/counts', showCounts(pool))
  routes.get('/orders/:id', showOrder(pool))
  routes.get('/orders/:id/model', downloadModel({ pool, files }))
  routes.post('/orders/:id/approve', advanceOrder({ pool, outbox }, 'MANUFACTURING_APPROVED'))
  routes.post('/orders/:id/ship', advanceOrder({ pool, outbox }, 'SHIPPED'))
  routes.post('/orders/:id/close', advanceOrder({ pool, outbox }, 'CLOSED'))
  return createApi({ check: () => pool.query('SELECT 1'), routes })
}
