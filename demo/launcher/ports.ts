import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { PortBusyError } from '../parts/http/port-busy'
import type { PortWish } from '../settings/ports'

/** How far from a busy default port to look. */
const attempts = 50

/**
 * Finds a port on the loopback interface: the wished one, or the next free one when the wish is only a default.
 * @param promised ports that other parts have been given and do not listen on yet; the one that is found is added
 */
export async function choosePort(
  wish: PortWish,
  { name, log, promised = new Set() }: { name: string; log: (line: string) => void; promised?: Set<number> },
): Promise<number> {
  const isMine = async (port: number) => {
    if (promised.has(port)) return false
    // At once, for others look meanwhile.
    promised.add(port)
    if (await isFree(port)) return true
    promised.delete(port)
    return false
  }
  if (await isMine(wish.port)) return wish.port
  if (!wish.isDefault) throw new Error(`Port ${wish.port} for the ${name} is taken: choose another, or free it.`)
  for (let port = wish.port + 1; port <= Math.min(wish.port + attempts, 65535); port++) {
    if (!(await isMine(port))) continue
    log(`Port ${wish.port} is taken, so the ${name} gets ${port}.`)
    return port
  }
  throw new Error(`No port from ${wish.port} to ${wish.port + attempts} is free for the ${name}.`)
}

/** Starts again, on another port, what lost its port between the look and the start; two demos may start at once. */
export async function retryBusyPort<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof PortBusyError) || attempt === 10) throw error
    }
  }
}

/** A free port of the system's choice. */
export async function findAnyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const bound = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.once('listening', () => resolve(true))
  })
  server.listen(port, '127.0.0.1')
  if (!(await bound)) return false
  server.close()
  await once(server, 'close')
  return true
}
