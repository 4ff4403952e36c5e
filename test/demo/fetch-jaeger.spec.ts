import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { findJaeger } from '../../demo/jaeger/find-jaeger'
import { listen } from './support/listen'

interface Mirror {
  url: string
  stop(): Promise<void>
  /** What it gives. */
  archive: Buffer
  status: number
  asked: string[]
}

const platform = `${process.platform}-${process.arch}`
/** Reads the configuration that it is given, as a Jaeger does; or a newer one, which knows other words. */
const script = '#!/bin/sh\n[ "$1" = validate ] && grep -q jaeger_storage "$3" && [ -n "$JAEGER_DATA" ]\n'
const newer = '#!/bin/sh\necho "unknown key: badger" >&2; exit 1\n'

const test = base.extend<{ folder: string; lines: string[]; mirror: Mirror }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ordertrace-fetch-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  lines: async ({}, use) => use([]),
  mirror: async ({ folder }, use) => {
    const mirror = { archive: await pack(folder, script), status: 200, asked: [] as string[] }
    const server = createServer(({ url = '' }, response) => {
      mirror.asked.push(url)
      response.writeHead(mirror.status).end(mirror.archive)
    })
    const { url, stop } = await listen(server)
    await use(Object.assign(mirror, { url, stop }))
    if (server.listening) await stop()
  },
})

/** An archive as Jaeger's are. */
async function pack(folder: string, program: string): Promise<Buffer> {
  const packed = join(folder, 'packed/jaeger-2.99.0-any')
  await mkdir(packed, { recursive: true })
  for (const name of ['jaeger', 'example-hotrod']) await writeFile(join(packed, name), program, { mode: 0o755 })
  execFileSync('tar', ['-czf', 'a.tar.gz', 'jaeger-2.99.0-any'], { cwd: join(folder, 'packed'), stdio: 'pipe' })
  return readFile(join(folder, 'packed/a.tar.gz'))
}

const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const releaseOf = ({ url, archive }: Mirror) => ({
  [platform]: { version: 'v2.99.0', url: `${url}/jaeger.tar.gz`, sha256: sumOf(archive) },
})

test('the release is fetched once, checked, and there without a network the next time', async ({
  folder,
  lines,
  mirror,
}) => {
  const log = (line: string) => lines.push(line)
  // No Go and no Jaeger on it; tar is this process's own.
  const options = { env: { PATH: folder }, cache: join(folder, 'cache'), releases: releaseOf(mirror), log }
  const file = await findJaeger(options)
  expect(await readFile(file, 'utf8')).toBe(script)
  expect((await stat(file)).mode & 0o111).not.toBe(0)
  expect(await readdir(join(file, '..'))).toEqual(['jaeger', 'sha256'])
  expect(lines).toEqual([
    expect.stringMatching(/^Fetching Jaeger v2\.99\.0, http:\/\/.*jaeger\.tar\.gz; only this once…$/),
    'Jaeger v2.99.0 is fetched, and its SHA-256 is right.',
  ])
  expect(mirror.asked).toEqual(['/jaeger.tar.gz'])
  await mirror.stop()
  lines.length = 0
  expect(await findJaeger(options)).toBe(file)
  expect(lines).toEqual([])
})

test('an archive with another sum is thrown away with both sums named, and nothing of it runs', async ({
  folder,
  lines,
  mirror,
}) => {
  const log = (line: string) => lines.push(line)
  const releases = releaseOf(mirror)
  const pinned = sumOf(mirror.archive)
  mirror.archive = Buffer.concat([mirror.archive, Buffer.from('!')])
  const options = { env: { PATH: folder }, cache: join(folder, 'cache'), releases, log }
  const found = findJaeger(options)
  await expect(found).rejects.toThrow(/is not what it should be, and was thrown away: its SHA-256 is [0-9a-f]{64}, not/)
  await expect(found).rejects.toThrow(sumOf(mirror.archive))
  await expect(found).rejects.toThrow(pinned)
  await expect(found).rejects.toThrow(/there is no Go\. Give one of these:\n {2}JAEGER_BIN=/)
  expect(await readdir(join(folder, 'cache'))).toEqual([])
  // With Go there is still a way, and the reason is told.
  await writeFile(
    join(folder, 'go'),
    '#!/bin/sh\n[ "$1" = env ] && { echo go1.99; exit; }\nwhile [ "$1" != -o ]; do shift; done; echo built > "$2"\n',
    { mode: 0o755 },
  )
  expect(await readFile(await findJaeger(options), 'utf8')).toBe('built\n')
  expect(lines.some((line) => /was thrown away: .*; so it is built\.$/.test(line))).toBe(true)
})

test('a release that cannot be had says so: refused, or nobody there', async ({ folder, lines, mirror }) => {
  const log = (line: string) => lines.push(line)
  const options = { env: { PATH: folder }, cache: join(folder, 'cache'), releases: releaseOf(mirror), log }
  mirror.status = 403
  await expect(findJaeger(options)).rejects.toThrow(
    /jaeger\.tar\.gz cannot be fetched: it answers 403, and there is no Go/,
  )
  await mirror.stop()
  await expect(findJaeger(options)).rejects.toThrow(/jaeger\.tar\.gz cannot be fetched: .*ECONNREFUSED/)
  expect(await readdir(join(folder, 'cache'))).toEqual([])
})

test('a release that does not read our configuration is not kept, and says what it does not know', async ({
  folder,
  lines,
  mirror,
}) => {
  const log = (line: string) => lines.push(line)
  mirror.archive = await pack(folder, newer)
  const options = { env: { PATH: folder }, cache: join(folder, 'cache'), releases: releaseOf(mirror), log }
  await expect(findJaeger(options)).rejects.toThrow(
    /Jaeger v2\.99\.0 does not read demo\/jaeger\/jaeger\.yaml: unknown key: badger, and there is no Go/,
  )
  expect(await readdir(join(folder, 'cache'))).toEqual([])
})
