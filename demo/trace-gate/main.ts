import { createServer } from 'node:http'
import { readServicePort, serve } from '../parts/http/serve'
import { createLogin } from '../parts/login/login'
import { readClientSettings } from '../parts/login/oidc-settings'
import { readServiceEnv } from '../parts/process/service-env'
import { createProxy } from '../parts/ui/proxy'
import { createAudit } from './audit'
import { createGate } from './gate'

const env = readServiceEnv('QUERY_URL', 'AUDIT_FILE', 'SUPPORT_ROLE')
const gate = createGate({
  login: createLogin(readClientSettings()),
  toStore: createProxy(env.QUERY_URL),
  audit: createAudit(env.AUDIT_FILE),
  role: env.SUPPORT_ROLE,
})
serve(createServer(gate), readServicePort())
