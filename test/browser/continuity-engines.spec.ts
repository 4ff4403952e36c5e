import { findOtherBrowsers } from '../continuity/browsers.mjs'
import { expectTable } from '../continuity/expect-table'
import { openPlainly } from '../continuity/plain-browser'
import { runTable } from '../continuity/table'
import { test } from '../support/test'

const { browsers, missing } = findOtherBrowsers()

for (const browser of browsers) {
  test(`the continuity tables hold in ${browser.name}, started as users start it`, async () => {
    test.setTimeout(180_000)
    expectTable(await runTable((url) => openPlainly(browser, url)))
  })
}
for (const { name, hint } of missing) {
  test(`the continuity tables hold in ${name}`, () => test.skip(true, hint))
}
