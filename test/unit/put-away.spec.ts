import { expect, test } from '@playwright/test'
import { read, write } from '../../src/delivery/put-away'
import type { Waiting } from '../../src/delivery/waiting'
import { encodeHead } from '../../src/spans/otlp-json'

const HEAD = encodeHead({ 'service.name': 'crm' }, { name: 'ordertrace', version: '0.1.0' })
const OTHER_HEAD = encodeHead({ 'service.name': 'shop' }, { name: 'ordertrace', version: '0.0.9' })
const json = (spanId: string, name = 'GET') => JSON.stringify({ spanId, name })
const waiting = (text: string, isOrder: boolean, head?: string): Waiting => ({
  json: text,
  bytes: text.length,
  isOrder,
  ...(head && { head }),
})

test('what is written is read again, each span with who made it', () => {
  const written = write(
    [waiting(json('a'), true), waiting(json('b'), false), waiting(json('c'), true, OTHER_HEAD)],
    HEAD,
    1234,
  )
  const { at, waiting: all } = read(written)
  expect(at).toBe(1234)
  expect(all.map(({ json, head, isOrder }) => [JSON.parse(json).spanId, head, isOrder])).toEqual([
    ['a', HEAD, true],
    ['b', HEAD, false],
    ['c', OTHER_HEAD, true],
  ])
})

test('bytes are those of the wire', () => {
  for (const text of [json('a'), json('a', 'Größe €'), json('a', 'заказ 💍')])
    expect(read(write([waiting(text, true)], HEAD, 1)).waiting[0]?.bytes).toBe(Buffer.byteLength(text))
})

test('version 1 is read as it was first written', () => {
  const entry = { v: 1, at: 1, groups: [{ head: HEAD, isOrder: true, spans: [json('a')] }] }
  expect(read(JSON.stringify(entry)).waiting).toHaveLength(1)
})

test('what is not ours, or not whole, is no span', () => {
  const good = { v: 1, at: 1, groups: [{ head: HEAD, isOrder: true, spans: [json('a')] }] }
  expect(read(JSON.stringify(good)).waiting).toHaveLength(1)
  const group = (changed: object) => ({ ...good, groups: [{ ...good.groups[0], ...changed }] })
  for (const bad of [
    null,
    undefined,
    '',
    'null',
    '7',
    '[]',
    '{',
    { ...good, v: 0 },
    { ...good, v: '1' },
    { ...good, at: 'x' },
    { ...good, groups: {} },
    { ...good, groups: [null] },
    group({ spans: ['{'] }),
    group({ spans: [json('a'), 7] }),
    group({ spans: ['{}'] }),
    group({ spans: [`${json('a')}]}]},{"x":[{"y":[1`] }),
    group({ head: 'x' }),
    group({ head: undefined }),
  ]) {
    const text = typeof bad === 'object' && bad ? JSON.stringify(bad) : bad
    expect(read(text as string), String(text)).toEqual({ at: 0, waiting: [] })
  }
})

test('what a newer version wrote is left to it', () => {
  expect(read('{"v":2,"spans":"in some other way"}')).toEqual({ at: 0, waiting: [], isNewer: true })
})
