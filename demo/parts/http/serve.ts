import type { Server } from 'node:http'
import { onShutdown, stage } from '../process/shutdown'

/** The exit code of a service that found its port taken, so that the launcher can try another. */
export const exitPortBusy = 98

/** Longer than any client keeps an idle connection, ms, so that none sends its next request into a closing one. */
const keepAliveTimeout = 65_000

/** The loopback interface, unless the service is in a container, whose network is its own. */
const host = process.env.LISTEN_HOST || '127.0.0.1'

/** Listens on the loopback interface only, and stops taking requests when the process is asked to end. */
export function serve(server: Server, port: number): void {
  server.once('error', (error: NodeJS.ErrnoException) => {
    console.error(`Cannot listen on ${host}:${port}: ${error.message}`)
    process.exit(error.code === 'EADDRINUSE' ? exitPortBusy : 1)
  })
  server.keepAliveTimeout = keepAliveTimeout
  server.listen(port, host)
  onShutdown(stage.requests, () => closeServer(server))
}

/** Lets running requests finish for a moment, then cuts what is left: an upload may otherwise take minutes. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 1000).unref()
  })
}

/** The port that the launcher chose for this service. */
export function readServicePort(): number {
  const port = Number(process.env.PORT)
  if (!Number.isInteger(port) || port < 1)
    throw new Error('PORT is not set: start this service through `npm run demo`.')
  return port
}
