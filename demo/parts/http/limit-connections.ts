import type { Server, ServerOptions } from 'node:http'
import type { BlockList, Socket } from 'node:net'
import { createReadClient, readNetwork } from './client-address'

/** For `createServer`: headers that take longer are given up; Node looks every so often, ms. */
export const headerLimits: ServerOptions = { headersTimeout: 10_000, connectionsCheckingInterval: 1000 }

/** Connections at once of one address: a browser has six, and an office has one address for many. */
export const connectionsOfAddress = 256

/**
 * Closes what one address opens beyond its share, since each connection costs whether anything comes or not. A proxy of ours has no share.
 * @param isOurs whether another server of ours is at that address, which has no share either
 */
export function limitConnections(
  server: Server,
  proxies: BlockList,
  isOurs: (address: string) => boolean = () => false,
): Server {
  const readClient = createReadClient(proxies)
  const open = new Map<string, number>()
  const isFree = ({ remoteAddress = '', remoteFamily }: Socket) =>
    isOurs(remoteAddress) || proxies.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')
  return server.on('connection', (socket: Socket) => {
    if (!socket.remoteAddress || isFree(socket)) return
    const client = readNetwork(readClient({ socket, headers: {} }))
    const count = (open.get(client) ?? 0) + 1
    if (count > connectionsOfAddress) return void socket.destroy()
    open.set(client, count)
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1
      if (left > 0) open.set(client, left)
      else open.delete(client)
    })
  })
}
