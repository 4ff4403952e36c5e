import { findAnyPort, retryBusyPort } from '../../../demo/launcher/ports'
import { type Service, type ServiceOptions, startService } from '../../../demo/launcher/service'

/** One part of the system by itself, on a port of its own; other tests look for theirs in the same moment. */
export const startAlone = (part: Pick<ServiceOptions, 'name' | 'entry' | 'env'>): Promise<Service> =>
  retryBusyPort(async () =>
    startService({ ...part, port: await findAnyPort(), log: () => undefined, onExit: () => undefined }),
  )
