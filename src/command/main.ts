#!/usr/bin/env node
import { plainLines } from '../analyst/plain-text'
import { UsageError } from './usage-error'

/** A subcommand: resolves to the exit code. */
export type Command = (args: string[], signal: AbortSignal) => Promise<number>

/** Each is read only when it is asked for. */
const commands: Record<string, { about: string; load(): Promise<Command> }> = {
  slow: {
    about: 'which orders are slow, for whom, and where their time goes; from a Jaeger',
    load: async () => (await import('./slow')).slow,
  },
  verify: {
    about: 'is a page traced, which of its requests carry traceparent, what leaks; in a Chromium',
    load: async () => (await import('./verify')).verify,
  },
  analyst: {
    about: 'the same as a page, and what became of one order',
    load: async () => (await import('./analyst')).analyst,
  },
}

const help = [
  'ordertrace <command>',
  '',
  ...Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(9)} ${about}`),
  '',
  'ordertrace <command> --help says more.',
].join('\n')

process.exitCode = await run(process.argv.slice(2))

async function run([name = '', ...args]: string[]): Promise<number> {
  if (name === '' || name === '--help' || name === '-h' || name === 'help') return say(help, name === '' ? 2 : 0)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return say(`There is no command "${name}".\n\n${help}`, 2)
  const stopped = new AbortController()
  process.once('SIGINT', () => stopped.abort(new Error('Stopped.')))
  process.once('SIGTERM', () => stopped.abort(new Error('Stopped.')))
  try {
    return await (await command.load())(args, stopped.signal)
  } catch (error) {
    // What went wrong is in the message; where in our code it did helps nobody.
    const message = error instanceof Error ? error.message : String(error)
    return say(message, error instanceof UsageError ? 2 : stopped.signal.aborted ? 130 : 1)
  }
}

function say(text: string, code: number): number {
  const out = code === 0 ? process.stdout : process.stderr
  // What Jaeger or an address said may be in it.
  out.write(`${plainLines(text)}\n`)
  return code
}
