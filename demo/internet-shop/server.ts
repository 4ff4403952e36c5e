import { readServiceEnv } from '../parts/process/service-env'
import { serveUi } from '../parts/ui/serve-ui'
import { createDoorway } from '../parts/ui/to-door'
import { createFindCustomer } from './find-customer'
import { createShopPages } from './pages'

const {
  SHOP_API_URL: apiUrl,
  DOOR_URL: doorUrl,
  DOOR_KEY: key,
} = readServiceEnv('SHOP_API_URL', 'DOOR_URL', 'DOOR_KEY')
serveUi({
  pages: createShopPages(),
  apiUrl,
  toDoor: createDoorway({ doorUrl, key, service: 'internet-shop', findUser: createFindCustomer(apiUrl) }),
})
