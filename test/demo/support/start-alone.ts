import { findAnyPort, retryBusyPort } from '../../../demo/launcher/ports'
import { type Service, type ServiceOptions, startService } from '../../../demo/launcher/service'

/** One part of the system by itself, on a port of its own; other tests look for theirs in the same moment. */
export const startAlone = (part: Pick<ServiceOptions, 'name' | 'entry' | 'env'>): Promise<Service> =>
  retryBusyPort(async () =>
    startService({ ...part, port: await findAnyPort(), log: () => undefined, onExit: () => undefined }),
  )

/** The shop's web server before this API and this door. */
export const startShopAlone = ({
  apiUrl,
  doorUrl,
  key = 'the key',
  proxies = '',
}: ShopSurroundings): Promise<Service> =>
  startAlone({
    name: 'Internet shop',
    entry: 'internet-shop/server.ts',
    env: { SHOP_API_URL: apiUrl, DOOR_URL: doorUrl, DOOR_KEY: key, TRUSTED_PROXIES: proxies },
  })

interface ShopSurroundings {
  apiUrl: string
  doorUrl: string
  key?: string
  /** `TRUSTED_PROXIES` */
  proxies?: string
}

/** The identity provider with the test employees, in a file that the test names. */
export const startProviderAlone = (employeesFile: string, proxies = ''): Promise<Service> =>
  startAlone({
    name: 'identity provider',
    entry: 'identity-provider/main.ts',
    env: {
      ...Object.fromEntries(['CRM', 'MES', 'GATE'].map((name) => [`${name}_OIDC_CLIENT_SECRET`, 'secret'])),
      EMPLOYEES_FILE: employeesFile,
      SUPPORT_ROLE: 'Поддержка',
      TOKEN_SECONDS: '30',
      TRUSTED_PROXIES: proxies,
    },
  })
