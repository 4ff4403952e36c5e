import { readServiceEnv } from '../parts/process/service-env'
import { serveUi } from '../parts/ui/serve-ui'
import { createShopPages } from './pages'

const env = readServiceEnv('SHOP_API_URL', 'COLLECTOR_URL')
serveUi({ pages: createShopPages(), apiUrl: env.SHOP_API_URL, collectorUrl: env.COLLECTOR_URL })
