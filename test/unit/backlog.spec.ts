import { expect, test } from '@playwright/test'
import { createBacklog, type Waiting } from '../../src/delivery/backlog'

const waiting = (name: string, isOrder: boolean) => ({ span: { name }, isOrder }) as unknown as Waiting
const names = (items: Waiting[]) => items.map(({ span }) => span.name)

test('orders go first, each kind in the order in which it ended', () => {
  const backlog = createBacklog(() => {})
  for (const [name, isOrder] of [
    ['a', false],
    ['O', true],
    ['b', false],
    ['P', true],
  ] as const)
    backlog.add(waiting(name, isOrder))
  const first = backlog.take(3)
  expect(names(first)).toEqual(['O', 'P', 'a'])
  backlog.putBack(first)
  expect(names(backlog.take(10))).toEqual(['O', 'P', 'a', 'b'])
  expect(backlog.size).toBe(0)
})

test('over its bound the oldest is dropped and counted, and never an order before something else', () => {
  let dropped = 0
  const backlog = createBacklog(() => dropped++)
  for (let i = 0; i < 1500; i++) backlog.add(waiting(`other ${i}`, false))
  for (let i = 0; i < 1500; i++) backlog.add(waiting(`order ${i}`, true))
  expect([backlog.size, dropped]).toEqual([2000, 1000])
  const all = names(backlog.take(3000))
  expect([all[0], all[1499], all[1500], all[1999]]).toEqual(['order 0', 'order 1499', 'other 1000', 'other 1499'])
  for (let i = 0; i < 2001; i++) backlog.add(waiting(`order ${i}`, true))
  expect(names(backlog.take(1))).toEqual(['order 1'])
})
