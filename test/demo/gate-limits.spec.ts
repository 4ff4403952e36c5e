import { expect } from '@playwright/test'
import { connectionsOfAddress } from '../../demo/parts/http/limit-connections'
import { gateTest as test } from './support/gate'
import { dripHeaders, holdOpen, isDropped } from './support/held-open'

test('whoever never ends his headers is dropped by the gate as well', async ({ gate }) => {
  expect(isDropped(await dripHeaders(gate.url))).toBe(true)
})

test('one address has so many connections to the gate, and another address its own', async ({ gate }) => {
  const held = Array.from({ length: connectionsOfAddress }, () => holdOpen(gate.url, '127.0.0.2'))
  expect(await Promise.all(held.map(({ isClosed }) => isClosed))).toEqual(held.map(() => false))
  const [tooMany, other] = [holdOpen(gate.url, '127.0.0.2'), holdOpen(gate.url, '127.0.0.3')]
  expect([await tooMany.isClosed, await other.isClosed]).toEqual([true, false])
  for (const { socket } of [...held, other]) socket.destroy()
})
