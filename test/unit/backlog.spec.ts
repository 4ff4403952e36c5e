import { expect, test } from '@playwright/test'
import { createBacklog, MOST_BYTES } from '../../src/delivery/backlog'
import type { Waiting } from '../../src/delivery/waiting'

const waiting = (json: string, isOrder: boolean, bytes = 10): Waiting => ({ json, isOrder, bytes })
const names = (items: readonly Waiting[]) => items.map(({ json }) => json)

test('orders go first, each kind in the order in which it ended', () => {
  const backlog = createBacklog(() => {})
  backlog.add(waiting('a', false))
  backlog.add(waiting('O', true))
  backlog.add(waiting('b', false))
  backlog.add(waiting('P', true))
  const first = backlog.take(30)
  expect(names(first)).toEqual(['O', 'P', 'a'])
  expect(backlog.bytes).toBe(10)
  backlog.putBack(first)
  expect(names(backlog.peek(1000))).toEqual(['O', 'P', 'a', 'b'])
  expect(names(backlog.take(1000))).toEqual(['O', 'P', 'a', 'b'])
  expect([backlog.size, backlog.bytes]).toEqual([0, 0])
})

test('a batch has at most so many bytes, and one span at least', () => {
  const backlog = createBacklog(() => {})
  for (const [name, bytes] of [
    ['large', 100],
    ['a', 40],
    ['b', 10],
    ['c', 1],
  ] as const)
    backlog.add(waiting(name, false, bytes))
  expect(names(backlog.take(50))).toEqual(['large'])
  expect(names(backlog.take(50))).toEqual(['a', 'b'])
  expect(names(backlog.take(50))).toEqual(['c'])
  expect(backlog.take(50)).toEqual([])
})

test('over its bound in bytes the oldest is dropped and counted, and never an order before something else', () => {
  let dropped = 0
  const backlog = createBacklog(() => dropped++)
  const share = MOST_BYTES / 2000
  for (let i = 0; i < 1500; i++) backlog.add(waiting(`other ${i}`, false, share))
  for (let i = 0; i < 1500; i++) backlog.add(waiting(`order ${i}`, true, share))
  expect([backlog.size, dropped]).toEqual([2000, 1000])
  const all = names(backlog.take(Number.POSITIVE_INFINITY))
  expect([all[0], all[1499], all[1500], all[1999]]).toEqual(['order 0', 'order 1499', 'other 1000', 'other 1499'])
  for (let i = 0; i < 2001; i++) backlog.add(waiting(`order ${i}`, true, share))
  expect(names(backlog.take(1))).toEqual(['order 1'])
})

test('what the browser has sent is removed, and what is written again is counted again', () => {
  const backlog = createBacklog(() => {})
  const items = ['a', 'b', 'c'].map((name) => waiting(name, name === 'b'))
  for (const item of items) backlog.add(item)
  backlog.remove(new Set(items.slice(1)))
  expect([names(backlog.all()), backlog.bytes]).toEqual([['a'], 10])
  const before = backlog.all()
  backlog.rewrite((item) => ({ ...item, json: `${item.json}!`, bytes: 11 }))
  expect(backlog.all().every((item, index) => item === before[index])).toBe(true)
  expect([names(backlog.all()), backlog.bytes]).toEqual([['a!'], 11])
})
