import { createServer } from 'node:http'
import { readTrustedProxies } from '../parts/http/client-address'
import { headerLimits, limitConnections } from '../parts/http/limit-connections'
import { readServicePort, serve } from '../parts/http/serve'
import { createLogin } from '../parts/login/login'
import { readClientSettings } from '../parts/login/oidc-settings'
import { readServiceEnv } from '../parts/process/service-env'
import { createProxy } from '../parts/ui/proxy'
import type { PageStore } from '../trace-store/answer-page'
import { createAnalystPage } from './analyst-page'
import { createAudit } from './audit'
import { createGate } from './gate'
import { createEmbeddedPages, createStorePages, firstOf } from './store-pages'

const env = readServiceEnv('QUERY_URL', 'STORE_PAGE', 'AUDIT_FILE', 'SUPPORT_ROLE')
const store = env.STORE_PAGE as PageStore
const gate = createGate({
  login: createLogin(readClientSettings()),
  toStore: createProxy(env.QUERY_URL),
  storeHost: new URL(env.QUERY_URL).host,
  pages: firstOf(
    createAnalystPage(store),
    store === 'embedded'
      ? createEmbeddedPages()
      : createStorePages(env.QUERY_URL, { hasJaegerPage: store === 'jaeger page' }),
  ),
  audit: createAudit(env.AUDIT_FILE),
  role: env.SUPPORT_ROLE,
})
const proxies = readTrustedProxies(process.env.TRUSTED_PROXIES)
serve(limitConnections(createServer(headerLimits, gate), proxies), readServicePort())
