import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { internalNames } from '../../internal-names.mjs'

const src = new URL('../../src/', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, src), 'utf8')
/** What pages, storages and collectors see is named here. */
const OUTWARD = [
  'options.ts',
  'tracing.ts',
  'early-calls.ts',
  'stub.ts',
  'script-tag.ts',
  'continuity/carrier.ts',
  'delivery/answer.ts',
  'delivery/put-away.ts',
  'spans/otlp-json.ts',
]
const ROOMS = ['continuity', 'delivery', 'identity', 'instrumentations', 'order', 'page', 'privacy', 'propagation']
const inward = [...ROOMS, 'spans', 'start'].flatMap((room) =>
  readdirSync(new URL(`${room}/`, src)).map((file) => `${room}/${file}`),
)
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')

test('no name that the script shortens is one that somebody else reads', () => {
  for (const file of OUTWARD) {
    const words = new Set(withoutComments(read(file)).match(/[\w$]+/g))
    expect(words.size, file).toBeGreaterThan(10)
    expect(
      internalNames.filter((name) => words.has(name)),
      file,
    ).toEqual([])
  }
})

test('every name that the script shortens is there, and never as a text', () => {
  const code = inward.map((file) => withoutComments(read(file))).join('\n')
  const isThere = (name: string) => new RegExp(`\\b${name}\\b`).test(code)
  expect(internalNames.filter((name) => !isThere(name))).toEqual([])
  expect(internalNames.filter((name) => new RegExp(`['"\`]${name}['"\`]`).test(code))).toEqual([])
  // Keys of storages and names of attributes begin with `ordertrace.` and are texts.
  const member = new RegExp(`(?<!ordertrace)\\.(${internalNames.join('|')})\\b`, 'g')
  const { length } = read('../dist/ordertrace.min.js').match(member) ?? []
  expect(length, 'left in the script').toBe(0)
})
