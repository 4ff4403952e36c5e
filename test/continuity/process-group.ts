import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program and whatever it starts. */
export interface Group {
  /** Rejects when the program ends by itself. */
  readonly gone: Promise<never>
  readonly output: NodeJS.ReadableStream
  stop(): Promise<void>
}

/** Starts a program as the head of a process group of its own, so that stopping it takes its helpers along. */
export function startGroup(program: string, args: string[], options: SpawnOptions = {}): Group {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  let isStopping = false
  const ended = once(child, 'exit').catch((error) => [error])
  const gone = ended.then(([reason]) => {
    if (!isStopping) throw new Error(`${program} ended by itself: ${reason}`)
    return new Promise<never>(() => {})
  })
  // It may be that nobody waits any more.
  gone.catch(() => {})
  // A run that is broken off leaves no browser behind.
  const stopNow = () => signal(child.pid)
  process.once('exit', stopNow)
  return {
    gone,
    output: child.stdout as NodeJS.ReadableStream,
    async stop() {
      isStopping = true
      process.off('exit', stopNow)
      // Never a polite end: a browser would take its time to save a profile that is thrown away.
      stopNow()
      await ended
    },
  }
}

function signal(group: number | undefined): void {
  if (group === undefined) return
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // The whole group has ended already.
  }
}
