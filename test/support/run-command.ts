import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface CommandResult {
  code: number | null
  out: string
  err: string
}

/** The command as it runs: what it has printed so far, and what it ended with. */
export interface RunningCommand {
  child: ChildProcessWithoutNullStreams
  /** Resolves to all that was printed as soon as that holds for it. */
  printed(is: (out: string) => boolean): Promise<string>
  ended: Promise<CommandResult>
}

const command = fileURLToPath(new URL('../../dist/command.js', import.meta.url))

/** Starts the built `ordertrace` as a person does. */
export function startCommand(args: readonly string[], env: Record<string, string> = {}): RunningCommand {
  const child = spawn(process.execPath, [command, ...args], { env: { ...process.env, ...env } })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
  const printed = (is: (text: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      const look = () => is(out) && resolve(out)
      look()
      child.stdout.on('data', look)
      ended.then(() => reject(new Error(`It ended, and had printed: ${out}${err}`)), reject)
    })
  return { child, printed, ended }
}

/** Runs it to its end. */
export function runCommand(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
  return startCommand(args, env).ended
}
