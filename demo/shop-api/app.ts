import express, { type Express, Router } from 'express'
import { noteAborts, noteIgnoredHeaders } from '../parts/edge'
import { answerError } from './answer-error'
import { ApiError } from './api-error'
import { listProducts } from './products'
import { downloadModel, showOrder, showOrders } from './read-orders'
import { openSession, readSession, requireUser } from './session'
import { type Stores, submitOrder } from './submit-order'

/** The Shop API over its stores. */
export function createApp(stores: Stores): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/health', async (_request, response) => {
    await stores.pool.query('SELECT 1')
    response.json({ status: 'ok' })
  })
  app.use(noteIgnoredHeaders, noteAborts)
  app.use('/api', createRoutes(stores))
  app.use(() => {
    throw new ApiError('not_found')
  })
  app.use(answerError)
  return app
}

function createRoutes(stores: Stores): Router {
  const { pool } = stores
  const routes = Router()
  routes.use((_request, response, next) => {
    // Answers are one customer's own, and a cache between us does not know whose.
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    next()
  })
  routes.get('/products', async (_request, response) => void response.json(await listProducts(pool)))
  routes.use(readSession(pool))
  routes.get('/session', (_request, response) => void response.json({ userId: requireUser(response) }))
  routes.post('/session', async (_request, response) => {
    const userId: unknown = response.locals.userId
    if (userId) response.json({ userId })
    else response.status(201).json({ userId: await openSession(pool, response) })
  })
  routes.get('/orders', showOrders(pool))
  routes.post('/orders', submitOrder(stores))
  routes.get('/orders/:id', showOrder(stores))
  routes.get('/orders/:id/model', downloadModel(stores))
  return routes
}
