import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { runTable, type Table, type Variant, ZONE_PAGE } from '../continuity/table'
import { waysKept } from '../continuity/zone-document'
import { root } from '../support/bundle'
import { expect, test } from '../support/test'

/** README.md and docs/continuity.md say these figures. */
const WHOLE_WAYS = 44
const WAYS = 50

async function runOnZonePage(page: Page, variant: Variant): Promise<Table> {
  page.on('dialog', (dialog) => void dialog.accept())
  return runTable(
    async (url) => {
      await page.goto(`${url}?attended`)
      return { version: 'Chromium', gone: new Promise<never>(() => {}), close: () => page.close() }
    },
    { ...ZONE_PAGE, ...variant },
  )
}

const modes = (table: Table) => [...new Set(table.verdicts.map(({ mode }) => mode))]

test('ordertrace/zone on a page that runs on zone.js, built as Angular builds: the ways that the README says, and no wrong join', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const table = await runOnZonePage(page, { libs: 'libs-zone.js' })
  for (const mode of modes(table)) {
    expect.soft(table.verdicts.filter((verdict) => verdict.mode === mode)).toHaveLength(WAYS)
    expect.soft(waysKept(table.verdicts, mode).length, mode).toBeGreaterThanOrEqual(WHOLE_WAYS)
  }
  for (const { name, mode, wrong } of table.verdicts) expect.soft(wrong, `${name}, ${mode}`).toBe(0)
  expect(table.instead.length).toBeGreaterThanOrEqual(6 * 6)
  for (const { name, mode, requests, right } of table.instead) {
    expect.soft(requests, `${name}, ${mode}`).toBeGreaterThan(0)
    expect.soft(right, `${name}, ${mode}: written as the document advises`).toBe(requests)
  }
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

test('README.md and docs/continuity.md say of ordertrace/zone what is tested here', async () => {
  const [readme, document] = await Promise.all(
    ['README.md', 'docs/continuity.md'].map((file) => readFile(new URL(file, root), 'utf8')),
  )
  expect(readme).toContain(`Of ${WAYS} ways to write an order it keeps ${WHOLE_WAYS}`)
  const written = String(document).split('| ways kept whole |')[1]
  for (const mode of ['alone', 'three at once', 'mixed with others'])
    expect(written).toContain(`| ${mode} | ${WHOLE_WAYS} of ${WAYS} |`)
})
