import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const document = readFileSync(here('../../SECURITY.md'), 'utf8')

/** `door.spec`: a title or a part of it; another one. Three dots stand for what differs from test to test. */
const claims = [...document.matchAll(/`([\w/-]+\.spec)(?:\.ts)?`(?:: ([^`|)\n]*))?/g)].map(
  ([text, name = '', said]) => ({
    text,
    file: here(name.includes('/') ? `../../${name}.ts` : `./${name}.ts`),
    titles: (said ?? '').split(';').flatMap((title) => title.trim() || []),
  }),
)

/** Titles of a file's tests, with their place-holders. */
function readTitles(file: string): string[] {
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/[tT]est\(\s*(['"`])(.*?)\1,/gs)].map(([, , title = '']) => title)
}

function holds(title: string, claim: string): boolean {
  const parts = claim.split('…').map((part) => part.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(parts.join('.*'), 'i').test(title)
}

test('each test that is named as a proof is there', () => {
  expect(claims.length).toBeGreaterThan(40)
  const wrong = claims.flatMap(({ text, file, titles }) => {
    const found = readTitles(file)
    const missing = titles.filter((claim) => !found.some((title) => holds(title, claim)))
    return titles.length === 0 || missing.length > 0 ? [{ text, missing }] : []
  })
  expect(wrong).toEqual([])
})

test('whoever cannot do something is shown to fail', () => {
  const rows = document.split('\n').filter((line) => /^\| (cannot|finds no)/.test(line))
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) expect(row, row).toMatch(/\.spec`: \w/)
})
