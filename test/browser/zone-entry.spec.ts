import type { Page } from '@playwright/test'
import { runTable, type Table, type Variant } from '../continuity/table'
import { expect, test } from '../support/test'

/** The README says these figures. */
const WHOLE_WAYS = 44
const WAYS = 50

async function runOnZonePage(page: Page, variant: Variant): Promise<Table> {
  page.on('dialog', (dialog) => void dialog.accept())
  return runTable(
    async (url) => {
      await page.goto(`${url}?attended`)
      return { version: 'Chromium', gone: new Promise<never>(() => {}), close: () => page.close() }
    },
    { zone: true, isLowered: true, ...variant },
  )
}

const modes = (table: Table) => [...new Set(table.verdicts.map(({ mode }) => mode))]
const wholeWays = (table: Table, mode: string) =>
  table.verdicts.filter(
    (verdict) => verdict.mode === mode && verdict.requests > 0 && verdict.right === verdict.requests,
  )

test('ordertrace/zone on a page that runs on zone.js, built as Angular builds: the ways that the README says, and no wrong join', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const table = await runOnZonePage(page, { libs: 'libs-zone.js' })
  for (const mode of modes(table)) {
    expect.soft(table.verdicts.filter((verdict) => verdict.mode === mode)).toHaveLength(WAYS)
    expect.soft(wholeWays(table, mode).length, mode).toBeGreaterThanOrEqual(WHOLE_WAYS)
  }
  for (const { name, mode, wrong } of table.verdicts) expect.soft(wrong, `${name}, ${mode}`).toBe(0)
  for (const { kind, name, mode, own, strangers } of table.encounters) {
    if (kind === 'limit') continue
    expect.soft(own.right, `${name}, ${mode}: requests that joined`).toBeGreaterThan(0)
    expect.soft([own.wrong, strangers.wrong], `${name}, ${mode}`).toEqual([0, 0])
  }
})

test('ordertrace itself on such a page: what it finds is right when operations come one after the other', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const table = await runOnZonePage(page, {})
  const alone = table.verdicts.filter(({ mode }) => /alone/.test(mode))
  expect(alone.reduce((sum, { right }) => sum + right, 0)).toBeGreaterThan(0)
  for (const { name, mode, wrong } of alone) expect.soft(wrong, `${name}, ${mode}`).toBe(0)
})
