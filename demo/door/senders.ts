import type { IncomingMessage } from 'node:http'
import { type HandedOn, readHandedOn } from '../parts/door/handed-on'
import { type ReadClient, readNetwork } from '../parts/http/client-address'
import { DoorRefusal } from './door-refusal'

/** Who sends: by way of a UI's own server, or from a page of another origin, which is told so by CORS. */
export interface Sender extends HandedOn {
  /** The page's origin, where it is not the one that it asks. */
  foreignOrigin?: string
}

export interface SenderRules {
  /** What the servers of the UIs and the door share. */
  key: string
  /** `service.name` by the origin of its pages. */
  origins: ReadonlyMap<string, string>
  /** Whose connection it is, for a page that asks here itself. */
  readClient: ReadClient
}

/** Finds out who sends. Throws a refusal for a page, or a program, that is none of ours. */
export function readSender(request: IncomingMessage, { key, origins, readClient }: SenderRules): Sender {
  const handedOn = readHandedOn(request.headers, key)
  if (handedOn) return { ...handedOn, client: readNetwork(handedOn.client) }
  const { origin = '' } = request.headers
  const service = origins.get(origin)
  if (!service) throw new DoorRefusal('foreign_origin', 'spans are taken from the pages of this company alone')
  return { service, login: 'unknown', client: readNetwork(readClient(request)), foreignOrigin: origin }
}
