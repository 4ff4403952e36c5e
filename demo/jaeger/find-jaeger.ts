import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type BuildOptions, buildJaeger, findBuilt } from './build-jaeger'
import { fetchJaeger, keyOf } from './fetch-jaeger'
import { createJaegerCache, standardCache } from './jaeger-cache'
import { type JaegerRelease, jaegerReleases } from './jaeger-releases'

const ways = `Give one of these:
  JAEGER_BIN=/path/to/jaeger   the binary of a release, version 2: https://www.jaegertracing.io/download/
  jaeger on the PATH           the same
  https://github.com           reachable, or a mirror that JAEGER_DOWNLOADS names: the release for this platform, if its SHA-256 is pinned here
  go on the PATH               Go 1.24 or later, https://go.dev/dl/: then Jaeger is built from source, once, in some minutes
  OTEL_EXPORTER_OTLP_ENDPOINT with JAEGER_QUERY_URL, and no --jaeger: a Jaeger that runs already`

export interface FindOptions extends BuildOptions {
  /** Where what was fetched or built is kept. Default: `JAEGER_CACHE`, else `ordertrace/jaeger` in the user's folder of caches. */
  cache?: string
  /** By platform. Default {@link jaegerReleases}, from `JAEGER_DOWNLOADS` if that is set. */
  releases?: Readonly<Record<string, JaegerRelease>>
}

/**
 * The file of a Jaeger to start: `JAEGER_BIN`, else `jaeger` on the path, else one that was fetched or built before, else the release for this
 * platform, else one built with the Go toolchain.
 * @throws Error that names the ways when there is none.
 */
export async function findJaeger({ cache: folder, releases, ...options }: FindOptions): Promise<string> {
  const { env, log } = options
  if (env.JAEGER_BIN) {
    if (await isProgram(env.JAEGER_BIN)) return env.JAEGER_BIN
    throw new Error(`JAEGER_BIN is no program: ${env.JAEGER_BIN}. ${ways}`)
  }
  const found = await findOnPath('jaeger', env)
  if (found) return found
  const cache = createJaegerCache(folder ?? standardCache(env))
  const platform = `${process.platform}-${process.arch}`
  const release = (releases ?? jaegerReleases(env.JAEGER_DOWNLOADS || undefined))[platform]
  const withGo = (await findOnPath('go', env)) !== undefined
  const kept = (release && (await cache.find(keyOf(release)))) || (await findBuilt({ ...options, cache, withGo }))
  if (kept) return kept
  const withoutRelease = await tryRelease(release, { ...options, cache, platform })
  if (typeof withoutRelease === 'string') return withoutRelease
  if (!withGo) throw new Error(`There is no Jaeger to start: ${withoutRelease.why}, and there is no Go. ${ways}`)
  log(`${withoutRelease.why}; so it is built.`)
  return buildJaeger({ ...options, cache })
}

/** Its file, or why there is none: what cannot be fetched can still be built. */
async function tryRelease(
  release: JaegerRelease | undefined,
  { platform, ...options }: Parameters<typeof fetchJaeger>[1] & { platform: string },
): Promise<string | { why: string }> {
  if (!release) return { why: `no release of Jaeger for ${platform} is pinned` }
  try {
    return await fetchJaeger(release, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    return { why: (error as Error).message }
  }
}

async function findOnPath(name: string, env: BuildOptions['env']): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, file)
    if (await isProgram(candidate)) return candidate
  }
  return undefined
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
