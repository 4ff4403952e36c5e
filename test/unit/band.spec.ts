import { expect, test } from '@playwright/test'
import { bandOfPercentiles, bandOfShares } from '../../src/analyst/band'
import { sortNumbers } from '../../src/analyst/quantiles'

test('a band of shares as Newcombe computed it', () => {
  const band = bandOfShares({ count: 56, of: 70 }, { count: 48, of: 80 })
  expect(band?.least).toBeCloseTo(0.0524, 4)
  expect(band?.most).toBeCloseTo(0.3339, 4)
  expect(bandOfShares({ count: 0, of: 0 }, { count: 1, of: 2 })).toBeUndefined()
})

test('the band of two medians of the same holds no difference in about 95 of 100 samples', () => {
  let last = 3
  const random = () => {
    last = (last * 48_271) % 2_147_483_647
    return last / 2_147_483_647
  }
  // Most short, a few very long, as durations are.
  const sample = (of: number) => sortNumbers(Array.from({ length: of }, () => 100 * Math.exp(2 * random())))
  for (const share of [0.5, 0.95]) {
    const bands = Array.from({ length: 400 }, () => bandOfPercentiles({ now: sample(300), other: sample(200) }, share))
    const holding = bands.filter((band) => band && band.least <= 0 && band.most >= 0).length / bands.length
    expect(holding, String(share)).toBeGreaterThan(0.91)
    expect(holding, String(share)).toBeLessThan(0.995)
  }
  const slower = bandOfPercentiles({ now: sample(300).map((ms) => ms * 2), other: sample(300) }, 0.5)
  expect(slower?.least).toBeGreaterThan(100)
})
