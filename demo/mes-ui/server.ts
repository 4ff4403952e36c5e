import { createLogin } from '../parts/login/login'
import { readClientSettings } from '../parts/login/oidc-settings'
import { readServiceEnv } from '../parts/process/service-env'
import { serveUi } from '../parts/ui/serve-ui'
import { createSinglePage } from '../parts/ui/single-page'
import { createDoorway } from '../parts/ui/to-door'

const env = readServiceEnv('MES_API_URL', 'DOOR_URL', 'DOOR_KEY')
const login = createLogin(readClientSettings())
serveUi({
  pages: createSinglePage('mes-ui'),
  apiUrl: env.MES_API_URL,
  toDoor: createDoorway({
    doorUrl: env.DOOR_URL,
    key: env.DOOR_KEY,
    service: 'mes-ui',
    findUser: async (request) => (await login.findPerson(request))?.userId,
  }),
  login,
})
