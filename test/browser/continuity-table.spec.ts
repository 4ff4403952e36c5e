import { expectTable } from '../continuity/expect-table'
import { runTable } from '../continuity/table'
import { test } from '../support/test'

test('every way to write an order keeps its trace and its parent, and nothing else joins it', async ({ page }) => {
  test.setTimeout(180_000)
  page.on('dialog', (dialog) => void dialog.accept())
  const table = await runTable(async (url) => {
    await page.goto(`${url}?attended`)
    // Playwright notices by itself when the browser ends.
    return { version: 'Chromium', gone: new Promise<never>(() => {}), close: () => page.close() }
  })
  expectTable(table)
})
