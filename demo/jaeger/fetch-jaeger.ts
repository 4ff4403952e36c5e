import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type JaegerCache, sha256 } from './jaeger-cache'
import type { JaegerRelease } from './jaeger-releases'

/** How long the whole archive, 60 MB, may take, ms. */
const patience = 10 * 60_000
/** Between two lines that say how far it is, ms. */
const progressEvery = 10_000

export interface FetchOptions {
  cache: JaegerCache
  log: (line: string) => void
  signal?: AbortSignal | undefined
}

/** What a release is kept under: by its sum, so that another archive of the same name is another. */
export const keyOf = ({ version, sha256 }: JaegerRelease) => `release-${version}-${sha256.slice(0, 12)}`

/**
 * Fetches a release, unpacks the program out of it once its sum is the one that is pinned, and tries whether it reads our configuration.
 * @throws Error with what came instead; nothing of it is left then.
 */
export function fetchJaeger(release: JaegerRelease, { cache, log, signal }: FetchOptions): Promise<string> {
  const { version, url, sha256: pinned } = release
  return cache.keep(keyOf(release), async (file) => {
    const archive = `${file}.tar.gz`
    log(`Fetching Jaeger ${version}, ${url}; only this once…`)
    await download(url, archive, { log, signal })
    const found = await sha256(archive)
    if (found !== pinned) {
      await rm(archive)
      throw new Error(`${url} is not what it should be, and was thrown away: its SHA-256 is ${found}, not ${pinned}`)
    }
    await unpack(archive, file)
    await tryOut(release, file)
    log(`Jaeger ${version} is fetched, and its SHA-256 is right.`)
  })
}

async function download(url: string, file: string, { log, signal }: Omit<FetchOptions, 'cache'>): Promise<void> {
  const signals = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])]
  const response = await fetch(url, { signal: AbortSignal.any(signals) }).catch((error: Error) => {
    throw new Error(`${url} cannot be fetched: ${(error.cause as Error | undefined)?.message || error.message}`)
  })
  if (!response.ok || !response.body) throw new Error(`${url} cannot be fetched: it answers ${response.status}`)
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const progress = setInterval(() => log(`Fetching Jaeger… ${(bytes / 1e6).toFixed(1)} MB`), progressEvery)
  try {
    await pipeline(
      Readable.fromWeb(response.body as import('node:stream/web').ReadableStream),
      counted,
      createWriteStream(file),
    )
  } finally {
    clearInterval(progress)
  }
}

/** Whether it reads our configuration: one that is newer than what we know may not, and then one that does can still be built. */
async function tryOut({ version }: JaegerRelease, file: string): Promise<void> {
  const example = { JAEGER_DATA: '/', JAEGER_OTLP_PORT: '1', JAEGER_QUERY_PORT: '2', JAEGER_UI_CONFIG: '/' }
  const args = ['validate', '--config', fileURLToPath(new URL('jaeger.yaml', import.meta.url))]
  await promisify(execFile)(file, args, { env: { ...process.env, ...example } }).catch((error) => {
    const said = String(error.stderr || error.message).trim()
    throw new Error(`Jaeger ${version} does not read demo/jaeger/jaeger.yaml: ${said.slice(-500)}`)
  })
}

/** By `tar`, which Linux, macOS and Windows have. */
async function unpack(archive: string, file: string): Promise<void> {
  const folder = join(dirname(file), 'unpacked')
  await mkdir(folder)
  // The files are the user's own, not those of whoever packed them. Relative names, since a tar on Windows takes the colon of a drive for
  // the name of a machine.
  const args = ['-xzof', join('..', basename(archive)), '--strip-components=1']
  await promisify(execFile)('tar', args, { cwd: folder })
  await rename(join(folder, basename(file)), file)
  await Promise.all([rm(archive), rm(folder, { recursive: true })])
}
