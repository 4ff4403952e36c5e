import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A POST whose bytes the test writes itself. */
export interface RawPost {
  socket: Socket
  /** What has come back when the other side has closed the connection. */
  closed: Promise<string>
}

/** Opens a connection and sends the head of a POST to `/v1/traces`; the body is the caller's. */
export async function startPost(url: string, headers: Record<string, string | number>): Promise<RawPost> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  // Cut off while it writes: what came before counts.
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').then(() => text)
  await once(socket, 'connect')
  const lines = Object.entries({ Host: host, 'Content-Type': 'application/json', ...headers })
  socket.write(`POST /v1/traces HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  return { socket, closed }
}
