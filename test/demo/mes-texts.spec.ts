import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { materials } from '../../demo/mes-api/price'
import { en } from '../../demo/mes-ui/app/language/en'
import { ru } from '../../demo/mes-ui/app/language/ru'

const demo = fileURLToPath(new URL('../../demo/', import.meta.url))

/** The sources of a folder of the demo, run together. */
function read(folder: string): string {
  const files = readdirSync(demo + folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.map((file) => readFileSync(`${demo}${folder}/${file}`, 'utf8')).join('\n')
}

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code]) => String(code))

test('there is a text for every code that the MES API, or what stands before it, can answer, and for no other', () => {
  const parts = read('parts')
  const codes = [
    // The list of the MES API's own refusals.
    ...found(read('mes-api'), /^ {2}(\w+): \[\d{3},/gm),
    ...found(parts, /new Refusal\(\s*'(\w+)'/g),
    ...found(parts, /answerError\(\s*response,\s*\d{3},\s*'(\w+)'/g),
    ...found(parts, /code: '([a-z]\w*)'/g),
  ]
  expect(codes).toEqual(expect.arrayContaining(['order_taken', 'session_required', 'bad_gateway', 'foreign_origin']))
  // No answer, and one without a code.
  const own = ['network', 'unknown']
  // Nobody is there any more to read it.
  const unread = ['client_gone']
  const told = Object.keys(ru).flatMap((key) => (key.startsWith('error.') ? [key.slice('error.'.length)] : []))
  expect(told.sort()).toEqual([...new Set([...codes, ...own])].filter((code) => !unread.includes(code)).sort())
})

test('every product and every material has a name', () => {
  const products = found(readFileSync(`${demo}shop-db/migrations/002-products.sql`, 'utf8'), /^ {2}\('([\w-]+)'/gm)
  expect(products).toHaveLength(6)
  const keys = [...products.map((id) => `piece.${id}`), ...materials.map((material) => `material.${material}`)]
  expect(Object.keys(ru)).toEqual(expect.arrayContaining(keys))
})

test('the texts of both languages say the same values', () => {
  const values = (text: unknown) => [...new Set(found(JSON.stringify(text), /\{(\w+)\}/g))].sort()
  for (const [key, text] of Object.entries(ru)) expect(values(en[key as keyof typeof en]), key).toEqual(values(text))
})
