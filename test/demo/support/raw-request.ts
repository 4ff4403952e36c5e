import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen } from './listen'

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

/** Sends a GET whose address nobody tidies. */
export async function sendAsIs(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url)
  const sent = request({ hostname, port, path, headers }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode ?? 0, body: await text(response) }
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
  return {
    ...(await listen(server)),
    async next() {
      const [message, response] = await once(server, 'request')
      const body = await text(message as IncomingMessage)
      response.setHeader('X-Answer', 'yes').writeHead(202, 'Fine').end('echo')
      return { url: message.url, headers: message.rawHeaders, body }
    },
  }
}
