import { type Express, Router } from 'express'
import { createApi } from '../parts/http/api'
import { readJson } from '../parts/http/json-body'
import { logIn, logOut } from './log-in'
import { createAccount, showAccount } from './own-account'
import { refuseForeign } from './own-origin-only'
import { listProducts } from './products'
import { downloadModel, showOrder, showOrders } from './read-orders'
import { openSession, readSession, requireUser } from './session'
import { type Stores, submitOrder } from './submit-order'

/** As much as a login and a password of the longest kind take, every letter of them escaped. */
const maxCredentials = '4kb'

/** The Shop API over its stores. */
export function createApp(stores: Stores): Express {
  return createApi({ check: () => stores.pool.query('SELECT 1'), routes: createRoutes(stores) })
}

function createRoutes(stores: Stores): Router {
  const { pool } = stores
  const routes = Router()
  const credentials = readJson({ limit: maxCredentials })
  routes.use(refuseForeign)
  routes.get('/products', async (_request, response) => void response.json(await listProducts(pool)))
  routes.use(readSession(pool))
  routes.get('/session', (_request, response) => void response.json({ userId: requireUser(response) }))
  routes.post('/session', async (_request, response) => {
    const userId: unknown = response.locals.userId
    if (userId) response.json({ userId })
    else response.status(201).json({ userId: await openSession(pool, response) })
  })
  routes.get('/account', showAccount(pool))
  routes.post('/account', credentials, createAccount(pool))
  routes.post('/login', credentials, logIn(pool))
  routes.post('/logout', logOut(pool))
  routes.get('/orders', showOrders(pool))
  routes.post('/orders', submitOrder(stores))
  routes.get('/orders/:id', showOrder(stores))
  routes.get('/orders/:id/model', downloadModel(stores))
  return routes
}
