import { runTable } from '../continuity/table'
import { expect, test } from '../support/test'

test('every way to write an order keeps its trace and its parent: alone, three at once, and in steps', async ({
  page,
}) => {
  test.setTimeout(180_000)
  page.on('dialog', (dialog) => void dialog.accept())
  const { verdicts } = await runTable(async (url) => void (await page.goto(`${url}?attended`)))
  expect(verdicts.length).toBeGreaterThanOrEqual(3 * 40)
  for (const { name, mode, requests, right, wrong, none, error } of verdicts) {
    expect
      .soft({ right, wrong, none, error }, `${name}, ${mode}`)
      .toEqual({ right: requests, wrong: 0, none: 0, error: undefined })
    expect.soft(requests, `${name}, ${mode}`).toBeGreaterThan(0)
  }
})
