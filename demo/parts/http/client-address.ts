import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Says from which address a request comes, for counting alone. */
export type ReadClient = (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string

/**
 * Behind a proxy every connection is the proxy's, so the proxies that are ours are believed what they say of theirs: the last entry of
 * `X-Forwarded-For`, which is the one that they wrote. What anybody else says there is nothing.
 * @param proxies as {@link readTrustedProxies} reads them
 */
export function createReadClient(proxies: BlockList): ReadClient {
  return ({ socket, headers }) => {
    const peer = withoutMapping(socket.remoteAddress ?? '')
    if (!isIP(peer) || !proxies.check(peer, familyOf(peer))) return peer
    const said = withoutMapping(
      String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim() ?? '',
    )
    return isIP(said) ? said : peer
  }
}

/** Reads `TRUSTED_PROXIES`: addresses and ranges with commas between, `10.0.0.0/8,2001:db8::1`. Nothing: no proxy is trusted. */
export function readTrustedProxies(text = ''): BlockList {
  const list = new BlockList()
  const entries = text.split(',').map((entry) => entry.trim())
  for (const entry of entries.filter(Boolean)) {
    const [address = '', bits] = entry.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
    if (!isIP(address) || !isRange || entry.split('/').length > 2) {
      throw new Error(
        `TRUSTED_PROXIES must be addresses or ranges with commas between, such as 10.0.0.0/8,2001:db8::1, but one is "${entry}".`,
      )
    }
    list.addSubnet(address, bits === undefined ? most : Number(bits), familyOf(address))
  }
  return list
}

/** One sender has one address, or in IPv6 all that begin alike. */
export function readNetwork(address: string): string {
  const plain = withoutMapping(address)
  if (isIP(plain) !== 6) return plain
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An address of IPv4, as a socket for both kinds writes it. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}
