import './quiet'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { createReadClient, readTrustedProxies } from '../parts/http/client-address'
import { headerLimits, limitConnections } from '../parts/http/limit-connections'
import { readServicePort, serve } from '../parts/http/serve'
import { readServiceEnv } from '../parts/process/service-env'
import { plainStyle } from '../parts/ui/plain-style'
import { Employees, testEmployees } from './employees'
import { createInteractions } from './interactions'
import { createProvider } from './provider'

const env = readServiceEnv(
  'EMPLOYEES_FILE',
  'CRM_OIDC_CLIENT_SECRET',
  'MES_OIDC_CLIENT_SECRET',
  'GATE_OIDC_CLIENT_SECRET',
  'SUPPORT_ROLE',
  'TOKEN_SECONDS',
)
if (!existsSync(env.EMPLOYEES_FILE)) writeFileSync(env.EMPLOYEES_FILE, `${JSON.stringify(testEmployees, null, 2)}\n`)

const port = readServicePort()
const employees = new Employees(env.EMPLOYEES_FILE)
await employees.list()
const provider = createProvider({
  issuer: `http://127.0.0.1:${port}`,
  employees,
  tokenSeconds: Number(env.TOKEN_SECONDS),
  applications: [
    { clientId: 'crm', clientSecret: env.CRM_OIDC_CLIENT_SECRET, audience: 'crm-api', roles: ['manager'] },
    { clientId: 'gate', clientSecret: env.GATE_OIDC_CLIENT_SECRET, audience: 'trace-gate', roles: [env.SUPPORT_ROLE] },
    { clientId: 'mes', clientSecret: env.MES_OIDC_CLIENT_SECRET, audience: 'mes-api', roles: ['operator', 'manager'] },
  ],
})

const app = express()
app.disable('x-powered-by')
app.get('/health', (_request, response) => void response.send('ok'))
app.use((_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  })
  next()
})
app.get('/plain.css', (_request, response) => response.sendFile(plainStyle))
app.use('/page', express.static(fileURLToPath(new URL('./page/', import.meta.url))))
const proxies = readTrustedProxies(process.env.TRUSTED_PROXIES)
app.use(createInteractions({ provider, employees, readClient: createReadClient(proxies) }))
app.use(provider.callback())
serve(limitConnections(createServer(headerLimits, app), proxies), port)
