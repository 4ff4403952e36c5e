import { connect, type Socket } from 'node:net'
import { expect } from '@playwright/test'
import { connectionsOfAddress } from '../../../demo/parts/http/limit-connections'

const portOf = (url: string) => Number(new URL(url).port)

/** Sends headers that never end, until the server closes, and gives what it said then, and after how many seconds. */
export async function dripHeaders(url: string): Promise<{ text: string; seconds: number }> {
  const begun = performance.now()
  const socket = connect(portOf(url), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.write('GET / HTTP/1.1\r\nHost: host\r\nX-')
  const drip = setInterval(() => socket.write('a'), 500)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(drip)
  return { text, seconds: (performance.now() - begun) / 1000 }
}

/** A connection from an address of this machine that asks for one thing and stays open. */
export interface Held {
  socket: Socket
  /** Was it closed without an answer? */
  isClosed: Promise<boolean>
}

export function holdOpen(url: string, localAddress: string): Held {
  const socket = connect({ port: portOf(url), host: '127.0.0.1', localAddress })
  const isClosed = new Promise<boolean>((resolve) => {
    socket.on('error', () => undefined).once('close', () => resolve(true))
    socket.once('data', () => resolve(false))
    socket.write('GET /health HTTP/1.1\r\nHost: host\r\n\r\n')
  })
  return { socket, isClosed }
}

/** After the ten seconds that headers may take, and long before the minute that Node gives them by itself. */
export const isDropped = ({ text, seconds }: { text: string; seconds: number }): boolean =>
  /^HTTP\/1\.1 408 /.test(text) && seconds < 30

/** Opens as many as an address may have, and finds each of them open. */
export async function takeShare(url: string, address: string): Promise<Held[]> {
  const held = Array.from({ length: connectionsOfAddress }, () => holdOpen(url, address))
  expect(await Promise.all(held.map(({ isClosed }) => isClosed))).toEqual(held.map(() => false))
  return held
}

/** 127.0.0.2 has so many connections and no more, and another address its own. @returns those that are open */
export async function expectShares(url: string, anotherAddress = '127.0.0.3'): Promise<Held[]> {
  const held = await takeShare(url, '127.0.0.2')
  const [tooMany, other] = [holdOpen(url, '127.0.0.2'), holdOpen(url, anotherAddress)]
  expect([await tooMany.isClosed, await other.isClosed]).toEqual([true, false])
  return [...held, other]
}

export function letGo(held: readonly Held[]): void {
  for (const { socket } of held) socket.destroy()
}
