import express, { type Express, type Router } from 'express'
import { noteAborts, noteIgnoredHeaders } from '../tracing/edge'
import { answerError } from './answer-error'
import { createNotFound } from './refusal'

export interface ApiParts {
  /** Resolves when the service can work; `/health` asks. */
  check(): Promise<unknown>
  /** What is under `/api`. */
  routes: Router
}

/** What the three APIs have in common: health, the edge, and one form for everything that goes wrong. */
export function createApi({ check, routes }: ApiParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/health', async (_request, response) => {
    await check()
    response.json({ status: 'ok' })
  })
  app.use(noteIgnoredHeaders, noteAborts)
  app.use('/api', (_request, response, next) => {
    // Answers are one person's own, and a cache between us does not know whose.
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    next()
  })
  app.use('/api', routes)
  app.use(() => {
    throw createNotFound()
  })
  app.use(answerError)
  return app
}
