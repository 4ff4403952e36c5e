import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * What the login at a UI says of whoever sends spans: an id; `none` when nobody is logged in; `unknown` when it could not be asked, or
 * where no login can be seen, as from another origin.
 */
export type LoginState = { userId: string } | 'none' | 'unknown'

/** What the server of a UI tells the door of a request that it hands on. */
export interface HandedOn {
  /** `service.name` of its pages; no other may come this way. */
  service: string
  login: LoginState
  /** The browser's address, for the count of its requests alone. */
  client: string
}

const names = { key: 'door-key', service: 'door-service', login: 'door-login', client: 'door-client' }

/**
 * The headers that say it, as pairs in a row. Anybody can write them, so they hold only with the key that the servers of the UIs and the
 * door share.
 */
export function writeHandedOn({ service, login, client }: HandedOn, key: string): string[] {
  const state = typeof login === 'object' ? `user ${encodeURIComponent(login.userId)}` : login
  return [names.key, key, names.service, service, names.login, state, names.client, client]
}

/** What the headers say, if the key is right; nothing for anybody else's request. */
export function readHandedOn(headers: IncomingHttpHeaders, key: string): HandedOn | undefined {
  const read = (name: string) => String(headers[name] ?? '')
  if (!isSameKey(read(names.key), key)) return undefined
  const [state = '', userId = ''] = read(names.login).split(' ')
  const login = state === 'user' ? { userId: decodeURIComponent(userId) } : state === 'none' ? 'none' : 'unknown'
  return { service: read(names.service), login, client: read(names.client) }
}

/** Takes as long for a wrong key as for the right one. */
export function isSameKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)]
  return a.length === b.length && timingSafeEqual(a, b)
}
