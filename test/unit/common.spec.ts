import { expect, test } from '@playwright/test'
import { chanceOf, findSignificant } from '../../src/analyst/chance'
import type { Checkout } from '../../src/analyst/checkout'
import { findCommonTraits } from '../../src/analyst/common'
import { sayTrait, wordsIn } from '../../src/analyst/say'
import { splitBySpeed } from '../../src/analyst/slow'
import { summarise } from '../../src/analyst/summarise'
import { makeDay } from '../support/order-store'
import { EPOCH_MS, makeCheckout } from '../support/traces'

const which = { service: 'internet-shop', step: 'submit' }
const day = makeDay().flatMap((trace) => summarise(trace, which, EPOCH_MS + 3_600_000) ?? [])
const [some] = day as [Checkout]

/** Numbers as if by chance, the same in each run. */
function createRandom(seed: number): (most: number) => number {
  let last = seed
  return (most) => {
    last = (last * 48_271) % 2_147_483_647
    return last % most
  }
}

test('what slow ones have in common is more than chance, and where they are slow stands after it', () => {
  const found = findCommonTraits(splitBySpeed(day, 200))
  expect(found).toMatchObject([
    { trait: 'channel', value: 'partner', slowCount: 7, slowShare: 7 / 21, normalShare: 0, normalCount: 0 },
    { value: 'database:shop-db', slowCount: 8, isPlace: true },
    { value: 'network:internet-shop', slowCount: 6, isPlace: true },
  ])
  expect(found.map((trait) => sayTrait(trait, wordsIn('en')).join(': '))).toEqual([
    'channel: partner',
    'most of the time in: database shop-db',
    'most of the time in: network',
  ])
  expect(found[0]?.lift).toBeUndefined()
  const alike = { slow: day.slice(0, 30), normal: day.slice(30, 60) }
  expect(findCommonTraits(alike)).toEqual([])
})

test('an attribute of the page may be named as one of our own', () => {
  const [slow, normal] = ['a', 'b'].map((hop) =>
    Array.from({ length: 20 }, (): Checkout => ({ ...some, traits: { hop } })),
  ) as [Checkout[], Checkout[]]
  const [found] = findCommonTraits({ slow, normal })
  expect(found && sayTrait(found, wordsIn('en'))).toEqual(['hop', 'a'])
  const own = summarise(makeCheckout({ attributes: { hop: 'partner' } }), which, EPOCH_MS)
  expect(own?.traits.hop).toBe('partner')
})

test('among 170 values that say nothing, hardly ever one is found', () => {
  const random = createRandom(11)
  const reports = 200
  let falseFinds = 0
  for (let round = 0; round < reports; round++) {
    const orders = Array.from({ length: 400 }, (): Checkout => {
      const traits = {
        page: `p${random(100)}`,
        version: `v${random(40)}`,
        network: `n${random(20)}`,
        browser: `b${random(10)}`,
      }
      return { ...some, traits }
    })
    falseFinds += findCommonTraits({ slow: orders.slice(0, 60), normal: orders.slice(60) }).length
  }
  expect(falseFinds / reports).toBeLessThan(0.1)
})

test('among as many, one that says something is found, and how much oftener it is', () => {
  const random = createRandom(5)
  const orders = Array.from({ length: 400 }, (_, index): Checkout => {
    const isSlow = index < 60
    return { ...some, traits: { page: `p${random(160)}`, network: random(10) < (isSlow ? 6 : 3) ? '3g' : '4g' } }
  })
  const found = findCommonTraits({ slow: orders.slice(0, 60), normal: orders.slice(60) })
  expect(found).toMatchObject([{ trait: 'network', value: '3g', isPlace: false }])
  expect(found[0]?.lift).toBeCloseTo(2, 0)
})

test('what is certain and small is not shown', () => {
  const orders = (count: number, share: number) =>
    Array.from({ length: count }, (_, index): Checkout => {
      return { ...some, traits: { network: index < count * share ? '3g' : '4g' } }
    })
  const at = (slowShare: number, normalShare: number) =>
    findCommonTraits({ slow: orders(20_000, slowShare), normal: orders(20_000, normalShare) }).length
  expect([at(0.55, 0.5), at(0.08, 0.02), at(0.6, 0.3)]).toEqual([0, 0, 1])
})

test('a chance of few is exact, and of many near to it', () => {
  // Fisher's tea: all four cups right.
  expect(chanceOf({ count: 4, of: 4, otherCount: 0, otherOf: 4 })).toBeCloseTo(1 / 70, 10)
  expect(chanceOf({ count: 3, of: 4, otherCount: 1, otherOf: 4 })).toBeCloseTo(17 / 70, 10)
  // As exactly computed: 0.00289.
  expect(chanceOf({ count: 30, of: 100, otherCount: 13, otherOf: 100 })).toBeCloseTo(0.0028, 3)
  expect(findSignificant([0.001, 0.04, 0.03, 0.9], 0.05)).toEqual([true, false, false, false])
  expect(findSignificant([0.001, 0.02, 0.03, 0.9], 0.05)).toEqual([true, true, true, false])
})
