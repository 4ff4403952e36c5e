import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { refusals } from '../../demo/shop-api/api-error'

const demo = fileURLToPath(new URL('../../demo/', import.meta.url))
const pages = `${demo}internet-shop/pages/`
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, key]) => String(key))

/** The texts by their keys. The pages' scripts are plain JavaScript, so they are read as a browser reads them. */
async function readTexts(): Promise<Record<'ru' | 'en', Record<string, string>>> {
  const { TEXTS } = await import(`${pages}assets/js/texts.js`)
  return TEXTS
}

test('there is a text in both languages for every code that the Shop API can answer, and for no other', async () => {
  const parts = ['http', 'ui'].flatMap((room) =>
    readdirSync(`${demo}parts/${room}`).map((file) => readFileSync(`${demo}parts/${room}/${file}`, 'utf8')),
  )
  const codes = [
    ...Object.keys(refusals),
    ...parts.flatMap((text) => found(text, /new Refusal\(\s*'(\w+)'/g)),
    ...parts.flatMap((text) => found(text, /code: '([a-z]\w*)'/g)),
  ]
  expect(codes).toEqual(expect.arrayContaining(['login_taken', 'model_type', 'malformed_body', 'bad_gateway']))
  // No answer, and one without a code.
  const own = ['network', 'unknown']
  // Nobody is there any more to read it.
  const unread = ['client_gone']
  const expected = [...new Set([...codes, ...own])].filter((code) => !unread.includes(code)).sort()
  for (const [language, texts] of Object.entries(await readTexts())) {
    const told = Object.keys(texts).flatMap((key) => (key.startsWith('error.') ? [key.slice('error.'.length)] : []))
    expect(told.sort(), language).toEqual(expected)
  }
})

test('both languages have the same texts with the same values in them', async () => {
  const { ru, en } = await readTexts()
  const values = (text = '') => [...new Set(found(text, /\{(\w+)\}/g))].sort()
  expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort())
  for (const [key, text] of Object.entries(ru)) expect(values(en[key]), key).toEqual(values(text))
})

test('every page shows before any script the Russian texts that it has after it', async () => {
  const { ru } = await readTexts()
  const files = readdirSync(pages).filter((file) => file.endsWith('.html'))
  expect(files).toContain('account.html')
  for (const file of files) {
    const html = readFileSync(pages + file, 'utf8')
    const texts = [...html.matchAll(/data-text="([\w.]+)"[^>]*>([^<]*)</g)]
    expect(texts.length, file).toBeGreaterThan(5)
    for (const [, key = '', text = ''] of texts) expect(text.trim(), `${file}: ${key}`).toBe(ru[key])
    for (const [, key = '', label] of html.matchAll(/data-label="([\w.]+)"\s+aria-label="([^"]*)"/g))
      expect(label, `${file}: ${key}`).toBe(ru[key])
  }
})
