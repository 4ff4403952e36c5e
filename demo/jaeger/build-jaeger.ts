import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { JaegerCache } from './jaeger-cache'

const module = fileURLToPath(new URL('.', import.meta.url))
const main = 'github.com/jaegertracing/jaeger/cmd/jaeger'
/** What v1.76.0 of the module in go.mod calls itself; a build that is not told knows no version. */
const version = 'v2.13.0'
export interface BuildOptions {
  /** `PATH` finds the toolchain. */
  env: Record<string, string | undefined>
  log: (line: string) => void
  signal?: AbortSignal | undefined
  /** Between two lines that say how far it is, ms. Default 10,000. */
  progressMs?: number
}

/**
 * Builds the Jaeger of `go.mod` here, which takes minutes.
 * @throws Error with what the Go toolchain said last.
 */
export async function buildJaeger(options: BuildOptions & { cache: JaegerCache }): Promise<string> {
  const key = `${await builtFrom()}-${await toolchain(options)}`
  return options.cache.keep(key, (file) => compile(file, options))
}

/** One that was built already, by this toolchain; by any where there is none now. */
export async function findBuilt(options: BuildOptions & { cache: JaegerCache; withGo: boolean }) {
  const { cache, withGo } = options
  const from = await builtFrom()
  const fits = withGo
    ? // One that does not say its version builds nothing either, and then says why.
      [`${from}-${await toolchain(options).catch(() => '')}`]
    : (await cache.keys()).filter((key) => key.startsWith(`${from}-`) && key.endsWith(platform))
  for (const key of fits) {
    const file = await cache.find(key)
    if (file) return file
  }
  return undefined
}

const platform = `-${process.platform}-${process.arch}`

async function builtFrom(): Promise<string> {
  const pinned = await Promise.all(['go.mod', 'go.sum'].map((name) => readFile(join(module, name))))
  return `built-${version}-${createHash('sha256').update(Buffer.concat(pinned)).digest('hex').slice(0, 12)}`
}

async function toolchain({ env }: BuildOptions): Promise<string> {
  const asked = promisify(execFile)('go', ['env', 'GOVERSION'], { cwd: module, env: env as NodeJS.ProcessEnv })
  const { stdout } = await asked.catch((error) => {
    throw new Error(`Go does not say its version: ${error.stderr || error.message}`)
  })
  return stdout.trim().replaceAll(/[^\w.-]/g, '_') + platform
}

async function compile(output: string, { env, log, signal, progressMs = 10_000 }: BuildOptions): Promise<void> {
  log(`Building Jaeger ${version} from source with Go; this takes some minutes, and only this once…`)
  const flags = `-s -w -X github.com/jaegertracing/jaeger/internal/version.latestVersion=${version}`
  const args = ['build', '-v', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags', flags, '-o', output, main]
  const child = spawn('go', args, { cwd: module, env, stdio: ['ignore', 'ignore', 'pipe'], signal })
  // The compiler takes every core that it gets, for minutes.
  if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  const said: string[] = []
  const seen = { downloaded: 0, compiled: 0 }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      if (line.startsWith('go: downloading')) seen.downloaded++
      else if (/^[\w.-]+(\/[\w.~-]+)*$/.test(line)) seen.compiled++
      else said.push(line)
    }
  })
  const start = Date.now()
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - start) / 1000)
    log(`Building Jaeger… ${seconds} s, ${seen.downloaded} modules fetched, ${seen.compiled} packages compiled`)
  }, progressMs)
  try {
    const code = await new Promise<number | string | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exit, signalName) => resolve(exit ?? signalName))
    })
    if (code !== 0) throw new Error(`Jaeger could not be built (go ended with ${code}): ${said.slice(-8).join('\n')}`)
  } finally {
    clearInterval(progress)
  }
  log(`Jaeger ${version} is built.`)
}
