import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { en } from '../../demo/crm-ui/app/texts/en'
import { ru } from '../../demo/crm-ui/app/texts/ru'
import { orderStatuses } from '../../demo/parts/orders/order-status'
import { statusLabels } from '../../demo/ui/statuses'

const demo = fileURLToPath(new URL('../../demo', import.meta.url))

/** Every file that one of these imports, directly or through others, itself included. */
function reachableFrom(entries: string[]): Set<string> {
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const imports = readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)
    for (const [, path = ''] of imports) visit(resolve(dirname(file), `${path}.ts`))
  }
  for (const entry of entries) visit(resolve(demo, entry))
  return found
}

/** The codes of errors that a file can answer: of a `Refusal`, of a table of them, or of an answer by hand. */
function codesIn(text: string): string[] {
  const patterns = [
    /new Refusal\('(\w+)'/g,
    /^ {2}(\w+): \[\s*\d{3},/gm,
    /answerError\([^']*'(\w+)'/g,
    /code: '(\w+)'/g,
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code = '']) => code))
}

/** What goes wrong before there is an answer, or with an answer that is none. */
const ownCodes = ['network', 'unknown']
/** Pages of the login's own, which are no answers of an API. */
const troublePages = ['begun_elsewhere', 'refused', 'unavailable']
/** What nobody is left to read. */
const unread = ['client_gone']

test('every code of an error that the CRM API and its UI server can answer has a text, and no text is without one', () => {
  const files = reachableFrom(['crm-api/server.ts', 'crm-ui/server.ts'])
  const codes = new Set([...files].flatMap((file) => codesIn(readFileSync(file, 'utf8'))))
  for (const code of [...troublePages, ...unread]) codes.delete(code)
  expect([...codes], 'the codes are found at all').toEqual(
    expect.arrayContaining([
      'order_not_changed',
      'status_not_allowed',
      'token_invalid',
      'foreign_origin',
      'bad_gateway',
    ]),
  )
  expect(Object.keys(ru.errors).sort()).toEqual([...codes, ...ownCodes].sort())
})

test('both languages have the same texts, with the same values in them', () => {
  expect(shapeOf(en)).toEqual(shapeOf(ru))
})

test('every status has a label in both languages, and a word on what is next', () => {
  for (const labels of Object.values(statusLabels)) expect(Object.keys(labels)).toEqual([...orderStatuses])
  for (const { next } of [ru, en]) expect(Object.keys(next)).toEqual(['heading', ...orderStatuses])
})

test('nothing English is in Russian letters', () => {
  const { switchLanguage, ...rest } = en
  expect(switchLanguage).toBe('Русский')
  expect(JSON.stringify(rest)).not.toMatch(/[а-яё]/i)
})

/** The texts by their paths, each as the names of the values that it takes. */
function shapeOf(value: unknown, path = ''): [string, string[]][] {
  if (typeof value === 'string') return [[path, [...value.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort()]]
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key}`))
}
