import { once } from 'node:events'
import type { UiUrls } from './running-system'
import { createSecret } from './secret'
import type { Service } from './service'
import { type DoorAddress, describeDoor } from './service-specs'

/** The door for browsers, which learns last where the pages are that may send from their own origin. */
export interface Door extends DoorAddress {
  admit(uis: UiUrls): Promise<void>
}

/** Starts the door before the UIs, which have to know it; it has to know them too, and is told when they have their ports. */
export async function startDoor(
  collectorUrl: string,
  start: (spec: ReturnType<typeof describeDoor>) => Promise<Service>,
): Promise<Door> {
  const key = createSecret()
  const { url, process } = await start(describeDoor({ collectorUrl, key }))
  return {
    url,
    key,
    async admit({ shopUrl, crmUrl, mesUrl }) {
      const done = Promise.race([once(process, 'message'), once(process, 'exit')])
      process.send({ origins: `internet-shop=${shopUrl} crm=${crmUrl} mes-ui=${mesUrl}` })
      await done
    },
  }
}
