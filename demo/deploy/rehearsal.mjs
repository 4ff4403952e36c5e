// What the rehearsals have in common.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

let failed = 0

/** Says what was looked at, and whether it is so. */
export function check(what, isSo) {
  console.log(`${isSo ? '✓' : '✗'} ${what}`)
  if (!isSo) failed++
}

/** The last line, and how the process ends. */
export function finish() {
  console.log(failed ? `\n${failed} failed` : '\nAll is as it is written.')
  process.exitCode = failed ? 1 : 0
}

export async function waitUntil(isSo) {
  const end = Date.now() + 30_000
  while (!(await Promise.resolve(isSo()).catch(() => false))) {
    if (Date.now() > end) throw new Error('It did not come to that within 30 s.')
    await pause(50)
  }
}

/** Has a server listen on the loopback interface; resolves to its origin. */
export async function listen(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

export async function findPort() {
  const server = createServer()
  const { port } = new URL(await listen(server))
  server.close()
  await once(server, 'close')
  return Number(port)
}

/** Ends a process, unless it has ended. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}
