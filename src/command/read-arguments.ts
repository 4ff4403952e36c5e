import { type ParseArgsConfig, parseArgs } from 'node:util'
import { createJaegerClient, type JaegerClient } from '../jaeger/client'
import { UsageError } from './usage-error'

type Options = NonNullable<ParseArgsConfig['options']>

/** `--header` may be given several times, as `name: value`. */
export const jaegerOptions = {
  jaeger: { type: 'string' },
  header: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Options

/** Reads the arguments; an unknown one is refused in a line that says so. */
export function readArguments<T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nSee --help.`)
  }
}

/** A client of the Jaeger that the arguments name. */
export function openJaeger(
  { jaeger, header = [] }: { jaeger?: string; header?: string[] },
  timeoutMs?: number,
): JaegerClient {
  const url = jaeger ?? process.env.JAEGER_QUERY_URL
  if (!url) throw new UsageError('Say where Jaeger is: --jaeger http://localhost:16686, or JAEGER_QUERY_URL.')
  const headers = readHeaders(header)
  return createJaegerClient({ url, headers, ...(timeoutMs !== undefined && { timeoutMs }) })
}

/** The headers of `--header`, by their names. */
export function readHeaders(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => {
    const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(line) ?? []
    if (!name || !value) throw new UsageError(`--header is written "Name: value", and "${line}" is not.`)
    return [name, value]
  })
  return Object.fromEntries(pairs)
}
