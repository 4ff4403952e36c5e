import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** `npm run demo` as a person runs it, in a process group of its own like that of a terminal. */
export interface DemoProcess {
  pid: number
  output(): string
  /** Resolves to the match when the output has it; rejects if the demo ends without. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>
  exited: Promise<number | null>
  /** Presses Ctrl-C, if the demo still runs, and resolves when it has ended. */
  interrupt(): Promise<number | null>
}

/** Starts the demo on the data folder. */
export function startDemo(dataDir: string, env: Record<string, string> = {}): DemoProcess {
  const child = spawn(process.execPath, ['demo/run.mjs'], {
    cwd: root,
    env: { ...process.env, DEMO_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      child.emit('said')
    })
  }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    interrupt() {
      const isRunning = child.exitCode === null && child.signalCode === null
      if (isRunning && child.pid) process.kill(-child.pid, 'SIGINT')
      return exited
    },
    waitFor: (pattern) => waitFor(child, { output: () => output, pattern }),
  }
}

function waitFor(
  child: ChildProcess,
  { output, pattern }: { output: () => string; pattern: RegExp },
): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = output().match(pattern)
      if (found) resolve(found)
    }
    child.on('said', check)
    child.once('close', () => reject(new Error(`the demo ended before it said ${pattern}; it said: ${output()}`)))
    check()
  })
}

/** Every process that was started with this data folder in its environment or on its command line. Linux only. */
export function listProcesses(dataDir: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: readProc(name, 'cmdline'), environment: readProc(name, 'environ') }))
    .filter(
      ({ command, environment }) => environment.includes(`DEMO_DATA_DIR=${dataDir}\0`) || command.includes(dataDir),
    )
    .map(({ pid, command }) => ({ pid, command: command.replaceAll('\0', ' ') }))
}

/** Ends by force whatever was started with this data folder. */
export async function killProcesses(dataDir: string): Promise<void> {
  for (let found = listProcesses(dataDir); found.length > 0; found = listProcesses(dataDir)) {
    for (const { pid } of found) killIfThere(pid)
    await nextTurn()
  }
}

/** A process may end by itself between its listing and this. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Can this system list processes as the tests need it? */
export const canListProcesses = existsSync('/proc/self/environ')

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
