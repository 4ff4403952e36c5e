import { type Express, Router } from 'express'
import { createApi } from '../parts/http/api'
import { readJson } from '../parts/http/json-body'
import { type IdentifyEmployee, readEmployee, requireRole } from '../parts/login/employee'
import type { Queue } from '../parts/queue/queue'
import { moveOrder, type Stores } from './move-order'
import { price, release, take, work } from './moves'
import { retryParked, showParked } from './parked'
import { showOrder, showOrders, showPrices } from './show-orders'

export interface MesParts extends Stores {
  identify: IdentifyEmployee
  queue: Queue
}

/** The MES API over its stores: for operators only. */
export function createApp({ identify, queue, ...stores }: MesParts): Express {
  const { pool } = stores
  const routes = Router()
  routes.use(readEmployee(identify))
  routes.use('/orders', requireRole('operator'))
  routes.get('/orders', showOrders(pool))
  routes.get('/orders/:id', showOrder(pool))
  routes.get('/orders/:id/prices', showPrices(pool))
  routes.post('/orders/:id/price', readJson({ limit: '1kb' }), moveOrder(stores, price))
  routes.post('/orders/:id/take', moveOrder(stores, take))
  routes.post('/orders/:id/release', moveOrder(stores, release))
  routes.post('/orders/:id/start', moveOrder(stores, work('MANUFACTURING_STARTED')))
  routes.post('/orders/:id/complete', moveOrder(stores, work('MANUFACTURING_COMPLETED')))
  routes.post('/orders/:id/package', moveOrder(stores, work('PACKAGING')))
  routes.use('/parked', requireRole('operator'))
  routes.get('/parked', showParked(queue))
  routes.post('/parked/:queue/:id/retry', retryParked(queue))
  return createApi({ check: () => pool.query('SELECT 1'), routes })
}
