import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Sends a request whose headers nobody tidies, and resolves to the status. */
export async function sendRaw(
  url: string,
  { method = 'GET', headers = [] as string[], body = '' },
): Promise<number | undefined> {
  const sent = request(url, { method, headers: ['Host', new URL(url).host, ...headers] })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  return response.statusCode
}

export interface Echo {
  url: string
  /** The next request that arrives. */
  next(): Promise<{ url: string; headers: string[]; body: string }>
  stop(): Promise<void>
}

/** A server that hands over what it received, byte for byte. */
export async function startEcho(): Promise<Echo> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async next() {
      const [message, response] = await once(server, 'request')
      let body = ''
      for await (const chunk of message as IncomingMessage) body += chunk
      response.setHeader('X-Answer', 'yes').writeHead(202, 'Fine').end('echo')
      return { url: message.url, headers: message.rawHeaders, body }
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
