import type { IncomingMessage, ServerResponse } from 'node:http'
import { type LoginState, writeHandedOn } from '../door/handed-on'
import { createReadClient, type ReadClient, readNetwork, readTrustedProxies } from '../http/client-address'
import { answerUnread } from '../http/discard-body'
import { refuseForeign } from '../login/login-answers'
import { isOwnPage } from '../login/own-origin'
import { createProxy } from './proxy'

export interface DoorwayParts {
  /** Where the door is, without `/v1/traces`. */
  doorUrl: string
  /** What this server and the door share. */
  key: string
  /** `service.name` of the pages. */
  service: string
  /** The id of whoever is logged in at this browser; nothing when nobody is. @param client whom to count where that has to be asked */
  findUser(request: IncomingMessage, client: string): Promise<string | undefined>
  /** Default: as `TRUSTED_PROXIES` says. */
  readClient?: ReadClient
}

/** Of a body that is refused, bytes: four times what the door takes. */
const mostUnread = 1024 * 1024

/** How long the login may take to say who it is, ms; then the spans go on without that. */
const loginMs = 2000

/** What of a request's own headers the door needs. None of the others leaves this server: no cookie, no address, no user agent. */
const needed = ['host', 'content-type', 'content-encoding', 'content-length', 'transfer-encoding']

/** Hands the spans of this UI's own pages on to the door, and tells it who is logged in. */
export function createDoorway({
  doorUrl,
  key,
  service,
  findUser,
  readClient = createReadClient(readTrustedProxies(process.env.TRUSTED_PROXIES)),
}: DoorwayParts) {
  const toDoor = createProxy(doorUrl, mostUnread)
  async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const client = readClient(request)
    const login = await whoIs(findUser(request, readNetwork(client)))
    const handedOn = writeHandedOn({ service, login, client }, key)
    if (!request.destroyed) toDoor(request, response, { headers: [...pick(request.rawHeaders), ...handedOn] })
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (isOwnPage(request)) void handOn(request, response)
    else answerUnread(request, response, () => refuseForeign(response), mostUnread)
  }
}

async function whoIs(finding: Promise<string | undefined>): Promise<LoginState> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), loginMs)
  })
  const found = finding.then((userId): LoginState => (userId ? { userId } : 'none'))
  const login = await Promise.race([found.catch(() => 'unknown' as const), late])
  clearTimeout(timer)
  return login
}

function pick(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => {
    const isNeeded = index % 2 === 0 && needed.includes(name.toLowerCase())
    return isNeeded ? [name, rawHeaders[index + 1] ?? ''] : []
  })
}
