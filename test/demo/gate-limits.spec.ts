import { expect } from '@playwright/test'
import { gateTest as test } from './support/gate'
import { dripHeaders, expectShares, isDropped, letGo } from './support/held-open'

test('whoever never ends his headers is dropped by the gate as well', async ({ gate }) => {
  expect(isDropped(await dripHeaders(gate.url))).toBe(true)
})

test('one address has so many connections to the gate, and another address its own', async ({ gate }) => {
  letGo(await expectShares(gate.url))
})
