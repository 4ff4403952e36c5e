import { createLogin } from '../parts/login/login'
import { readClientSettings } from '../parts/login/oidc-settings'
import { readServiceEnv } from '../parts/process/service-env'
import { serveUi } from '../parts/ui/serve-ui'
import { createSinglePage } from '../parts/ui/single-page'

const env = readServiceEnv('CRM_API_URL', 'COLLECTOR_URL')
serveUi({
  pages: createSinglePage('crm-ui'),
  apiUrl: env.CRM_API_URL,
  collectorUrl: env.COLLECTOR_URL,
  login: createLogin(readClientSettings()),
})
