import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { readServicePort, serve } from '../parts/http/serve'
import { isOwnPage, readOwnOrigin } from '../parts/login/own-origin'
import { readServiceEnv } from '../parts/process/service-env'
import { onShutdown, stage } from '../parts/process/shutdown'
import { plainStyle } from '../parts/ui/plain-style'
import { createLock, createRefusal } from './database-faults'
import { faults, isFaultName } from './faults'
import { Switchboard } from './switchboard'

const env = readServiceEnv('FAULTS_FILE', 'SHOP_DB_URL', 'MES_DB_URL')
const board = new Switchboard(env.FAULTS_FILE, {
  'shop-db-lock': createLock(env.SHOP_DB_URL),
  'shop-db-refuses': createRefusal(env.SHOP_DB_URL),
  'mes-db-lock': createLock(env.MES_DB_URL),
})
await board.reset()
onShutdown(stage.connections, () => board.reset())

const app = express()
app.disable('x-powered-by')
app.get('/health', (_request, response) => void response.send('ok'))
app.use((request, response, next) => {
  response.set({ 'Content-Security-Policy': "default-src 'self'; frame-ancestors 'none'", 'Cache-Control': 'no-store' })
  // A page elsewhere must not break the demo of whoever looks at it, nor one that has our address under its name.
  if (readOwnOrigin(request) && (request.method === 'GET' || isOwnPage(request))) return next()
  response.status(403).json({ error: { code: 'foreign_origin', message: 'Only the page of this server may do that.' } })
})
app.get('/faults', (_request, response) => {
  response.json({ faults: board.list().map((fault) => ({ ...fault, texts: faults[fault.name] })) })
})
app.put('/faults/:name', express.json({ limit: '1kb' }), async ({ params, body }, response) => {
  const on = (body as { on?: unknown } | undefined)?.on
  if (!isFaultName(params.name)) return void refuse(response, 404, `There is no such fault: see GET /faults.`)
  if (typeof on !== 'boolean') return void refuse(response, 422, 'Send {"on":true} or {"on":false}.')
  await board.switch(params.name, on)
  response.json({ name: params.name, on })
})
app.get('/plain.css', (_request, response) => response.sendFile(plainStyle))
app.use(express.static(fileURLToPath(new URL('./page/', import.meta.url))))
serve(createServer(app), readServicePort())

function refuse(response: express.Response, status: number, message: string): void {
  response.status(status).json({ error: { code: 'fault_invalid', message } })
}
