import { createReadClient, readTrustedProxies } from '../parts/http/client-address'
import { readServiceEnv } from '../parts/process/service-env'
import { serveUi } from '../parts/ui/serve-ui'
import { createDoorway } from '../parts/ui/to-door'
import { createFindCustomer } from './find-customer'
import { limitLogins } from './limit-logins'
import { createShopPages } from './pages'

const {
  SHOP_API_URL: apiUrl,
  DOOR_URL: doorUrl,
  DOOR_KEY: key,
} = readServiceEnv('SHOP_API_URL', 'DOOR_URL', 'DOOR_KEY')
const readClient = createReadClient(readTrustedProxies(process.env.TRUSTED_PROXIES))
serveUi({
  pages: createShopPages(),
  apiUrl,
  limit: (toApi) => limitLogins(toApi, readClient),
  toDoor: createDoorway({ doorUrl, key, service: 'internet-shop', findUser: createFindCustomer(apiUrl), readClient }),
})
