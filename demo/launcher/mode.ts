/** What the demo does once it runs. */
export type Mode = { name: 'run' } | { name: 'walk' } | { name: 'load'; count: number }

/** What the command was asked for. */
export interface Command {
  mode: Mode
  /** Traces go to a real Jaeger. */
  jaeger: boolean
}

const usage =
  'There are --walk (one order through all nine statuses), --load N (N orders, some of them in trouble) and, beside them, --jaeger (traces in a real Jaeger).'

/** Reads the arguments of the command. Throws an error that says what there is. */
export function readCommand(argv: readonly string[]): Command {
  const rest = argv.filter((argument) => argument !== '--jaeger')
  return { mode: readMode(rest), jaeger: rest.length < argv.length }
}

function readMode(argv: readonly string[]): Mode {
  const [first, second, ...rest] = argv.flatMap((argument) => argument.split('='))
  if (first === undefined) return { name: 'run' }
  if (first === '--walk' && second === undefined) return { name: 'walk' }
  if (first !== '--load') throw new Error(`Unknown argument ${first === '--walk' ? second : first}. ${usage}`)
  const count = Number(second)
  if (Number.isInteger(count) && count >= 1 && count <= 10_000 && rest.length === 0) return { name: 'load', count }
  throw new Error(`--load takes a whole number from 1 to 10000, such as --load 100. ${usage}`)
}
