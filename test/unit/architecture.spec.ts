import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const src = join(root, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))

/** What each file of `src/` imports of `src/`, types included, and what else. */
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const statements = text.matchAll(/^(?:import|export)\b(?:[^'"]*? from)? ?'([^']+)'|\bimport\('([^']+)'\)/gm)
    const specifiers = [...statements].map(([, of, dynamic]) => String(of ?? dynamic))
    return [file, specifiers] as const
  }),
)

function ownImports(file: string): string[] {
  const own = (imports.get(file) ?? []).filter((specifier) => specifier.startsWith('.'))
  return own.map((specifier) => {
    const path = relative(src, resolve(join(src, dirname(file)), specifier))
    return files.includes(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`
  })
}

/** `order/step.ts` is of the room `order`, `options.ts` is a room by itself. */
const roomOf = (file: string) => (file.includes('/') ? dirname(file) : file.replace(/\.tsx?$/, ''))

/** The arrows that docs/architecture.md draws, in lines such as `order → continuity, privacy`. */
function drawnArrows(): Set<string> {
  const document = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const lines = [...document.matchAll(/^\s*([\w-]+) +→ +(.+)$/gm)]
  return new Set(
    lines.flatMap(([, from, to]) =>
      String(to)
        .split(/, */)
        .map((room) => `${from} → ${room.trim()}`),
    ),
  )
}

test('every import is found by the graph', () => {
  for (const file of files)
    for (const target of ownImports(file)) expect(files, `${file} imports ${target}`).toContain(target)
  expect(ownImports('index.ts')).toContain('start/start.ts')
})

test('the rooms of src import only along the arrows that docs/architecture.md draws, and every arrow drawn is used', () => {
  const used = new Set<string>()
  for (const file of files) {
    for (const target of ownImports(file))
      if (roomOf(file) !== roomOf(target)) used.add(`${roomOf(file)} → ${roomOf(target)}`)
  }
  expect([...used].sort()).toEqual([...drawnArrows()].sort())
})

test('no file of src imports itself, directly or through others', () => {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    expect(path, `a cycle: ${[...path, file].join(' → ')}`).not.toContain(file)
    if (done.has(file)) return
    for (const target of ownImports(file)) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
})

test('of OpenTelemetry src imports its API alone, and the entry for zone.js its context manager', () => {
  const importers = files.filter((file) =>
    imports
      .get(file)
      ?.some((specifier) => specifier.startsWith('@opentelemetry/') && specifier !== '@opentelemetry/api'),
  )
  expect(importers).toEqual(['zone.ts'])
})

test('files stay small enough to hold one idea', () => {
  const tooLong = files.filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 200)
  expect(tooLong).toEqual([])
})
