import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from '@playwright/test'
import { findJaeger } from '../../demo/jaeger/find-jaeger'
import { jaegerReleases } from '../../demo/jaeger/jaeger-releases'

const test = base.extend<{ folder: string; lines: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ordertrace-find-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  lines: async ({}, use) => use([]),
})

const program = (file: string, script: string) => writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
/** A toolchain that says its version, and builds as it is told here. */
const toolchain = (folder: string, build: string, version = 'go1.99') =>
  program(join(folder, 'go'), `[ "$1" = env ] && { echo ${version}; exit; }\n${build}`)
/** Writes what it was asked into the file that it was asked to make. */
const builds =
  'echo golang.org/x/sys >&2; while [ "$1" != -o ]; do said="$said $1"; shift; done; echo "$PWD $said $3" > "$2"'
const pathOf = (folder: string) => `${folder}:/bin:/usr/bin`
const releases = {}

test('a Jaeger is taken from JAEGER_BIN, else from the path', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  const [named, onPath] = [join(folder, 'my-jaeger'), join(folder, 'jaeger')]
  await program(named, '')
  await program(onPath, '')
  expect(await findJaeger({ env: { JAEGER_BIN: named, PATH: folder }, log })).toBe(named)
  expect(await findJaeger({ env: { PATH: `/nowhere:${folder}` }, log })).toBe(onPath)
  expect(lines).toEqual([])
})

test('without any, one message names every way to have one', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  const nothing = findJaeger({ env: { PATH: folder }, releases, cache: join(folder, 'cache'), log })
  await expect(nothing).rejects.toThrow(
    /^There is no Jaeger to start: no release of Jaeger for \w+-\w+ is pinned, and there is no Go\. Give one of these:/,
  )
  for (const way of ['JAEGER_BIN=', 'jaeger on the PATH', 'JAEGER_DOWNLOADS', 'go on the PATH', 'JAEGER_QUERY_URL'])
    await expect(nothing).rejects.toThrow(way)
  const wrong = findJaeger({ env: { JAEGER_BIN: join(folder, 'gone'), PATH: folder }, log })
  await expect(wrong).rejects.toThrow(/^JAEGER_BIN is no program: .*gone\. Give one of these/s)
})

test('with Go it is built once, from the pinned module', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  await toolchain(folder, builds)
  const options = { env: { PATH: pathOf(folder) }, releases, cache: join(folder, 'cache'), log }
  const file = await findJaeger(options)
  expect(await readdir(join(file, '..'))).toEqual(['jaeger', 'sha256'])
  const asked = await readFile(file, 'utf8')
  expect(asked).toMatch(/demo\/jaeger.* -mod=readonly .*jaegertracing\/jaeger\/cmd\/jaeger/)
  expect(lines).toEqual([
    expect.stringMatching(/^no release of Jaeger for \w+-\w+ is pinned; so it is built\.$/),
    expect.stringMatching(
      /^Building Jaeger v2\.13\.0 from source with Go; this takes some minutes, and only this once/,
    ),
    'Jaeger v2.13.0 is built.',
  ])
  lines.length = 0
  expect(await findJaeger(options)).toBe(file)
  expect(lines).toEqual([])
})

test('while it is built, a line says from time to time how far that is', async ({ folder, lines }) => {
  const seen = join(folder, 'seen')
  const said = 'echo go: downloading golang.org/x/sys v0.1.0 >&2; echo golang.org/x/sys >&2; echo golang.org/x/net >&2'
  // The build ends when such a line has come.
  await toolchain(folder, `${said}; while [ ! -e ${seen} ]; do sleep 0.05; done; ${builds}`)
  const log = (line: string) => {
    lines.push(line)
    if (/^Building Jaeger… \d+ s, 1 modules fetched, 2 packages compiled$/.test(line)) writeFileSync(seen, '')
  }
  const cache = join(folder, 'cache')
  await findJaeger({ env: { PATH: pathOf(folder) }, releases, cache, log, progressMs: 20 })
  expect(lines.filter((line) => line.startsWith('Building Jaeger…')).length).toBeGreaterThan(0)
})

test('another checkout of the same user starts what the first has built, with or without Go; another Go builds its own', async ({
  folder,
  lines,
}) => {
  const log = (line: string) => lines.push(line)
  await toolchain(folder, builds)
  const env = { PATH: pathOf(folder), XDG_CACHE_HOME: join(folder, 'caches') }
  const file = await findJaeger({ env, releases, log })
  expect(file).toMatch(/caches\/ordertrace\/jaeger\/built-v2\.13\.0-[0-9a-f]{12}-go1\.99-\w+-\w+\/jaeger(\.exe)?$/)
  const clone = join(folder, 'clone/demo/jaeger')
  await cp(fileURLToPath(new URL('../../demo/jaeger', import.meta.url)), clone, { recursive: true })
  await writeFile(join(folder, 'clone/package.json'), '{"type":"module"}')
  const other: { findJaeger: typeof findJaeger } = await import(join(clone, 'find-jaeger.ts'))
  await toolchain(folder, 'exit 1')
  lines.length = 0
  expect(await other.findJaeger({ env, releases, log })).toBe(file)
  await rm(join(folder, 'go'))
  expect(await other.findJaeger({ env: { ...env, PATH: folder }, releases, log })).toBe(file)
  expect(lines).toEqual([])
  await toolchain(folder, builds, 'go2.0')
  expect(await other.findJaeger({ env, releases, log })).toMatch(/-go2\.0-/)
  // What the variable names comes first.
  expect(await findJaeger({ env: { ...env, JAEGER_CACHE: join(folder, 'mine') }, releases, log })).toContain('/mine/')
})

test('one that is not what was put there is built anew', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  await toolchain(folder, builds)
  const options = { env: { PATH: pathOf(folder) }, releases, cache: join(folder, 'cache'), log }
  const file = await findJaeger(options)
  const whole = await readFile(file, 'utf8')
  await writeFile(file, whole.slice(0, 10))
  expect(await findJaeger(options)).toBe(file)
  expect(await readFile(file, 'utf8')).not.toBe(whole.slice(0, 10))
  expect(lines.filter((line) => line.startsWith('Building'))).toHaveLength(2)
})

test('two starts at once end with the same whole Jaeger', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  await toolchain(folder, builds)
  const options = { env: { PATH: pathOf(folder) }, releases, cache: join(folder, 'cache'), log }
  const [one, two] = await Promise.all([findJaeger(options), findJaeger(options)])
  expect(one).toBe(two)
  expect(await readdir(join(folder, 'cache'))).toHaveLength(1)
  lines.length = 0
  expect(await findJaeger(options)).toBe(one)
  expect(lines).toEqual([])
})

test('a build that fails says what Go said, and leaves nothing behind', async ({ folder, lines }) => {
  const log = (line: string) => lines.push(line)
  await toolchain(folder, 'echo "go: no route to the module proxy" >&2; exit 1')
  const cache = join(folder, 'cache')
  const build = findJaeger({ env: { PATH: pathOf(folder) }, releases, cache, log })
  await expect(build).rejects.toThrow(/could not be built \(go ended with 1\): go: no route to the module proxy/)
  expect(await readdir(cache)).toEqual([])
})

test('every release that is pinned has the sum of an archive, and the address of Jaeger or a mirror', () => {
  const all = Object.entries(jaegerReleases())
  expect(all.map(([platform]) => platform)).toContain('linux-x64')
  for (const [platform, { version, url, sha256 }] of all) {
    expect(sha256, platform).toMatch(/^[0-9a-f]{64}$/)
    expect(url).toMatch(/^https:\/\/github\.com\/jaegertracing\/jaeger\/releases\/download\/v2\./)
    expect(url).toContain(`/${version}/jaeger-${version.slice(1)}-`)
  }
  expect(jaegerReleases('https://mirror.example/jaeger/')['linux-x64']?.url).toMatch(
    /^https:\/\/mirror\.example\/jaeger\/v2\.\d+\.\d+\/jaeger-.*-linux-amd64\.tar\.gz$/,
  )
})

test('npm run test:real fails when there is no Jaeger to be had, and tests nothing', async ({ folder }) => {
  await toolchain(folder, 'echo "go: no route to the module proxy" >&2; exit 1')
  const env = {
    HOME: process.env.HOME,
    // Node, with this Go before any other.
    PATH: `${folder}:${dirname(process.execPath)}:/bin:/usr/bin`,
    JAEGER_CACHE: join(folder, 'cache'),
    // Nobody is there.
    JAEGER_DOWNLOADS: 'http://127.0.0.1:1',
  }
  const real = fileURLToPath(new URL('../real.mjs', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [real, '--jaeger'], { env, encoding: 'utf8' })
  expect(stderr).toMatch(/Jaeger could not be built \(go ended with 1\): go: no route to the module proxy/)
  expect(stdout).toMatch(/0 passed, 1 failed\n$/)
  expect(status).toBe(1)
})
