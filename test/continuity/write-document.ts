import { readFile, writeFile } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { ensureChromium } from '../../demo/setup/chromium.mjs'
import type { OtherBrowser } from './browsers.mjs'
import { continuityDocument } from './document'
import type { Column } from './document-tables'
import { type OpenPage, openPlainly } from './plain-browser'
import { runTable, type Variant, ZONE_PAGE } from './table'
import type { ZoneTables } from './zone-document'

const file = new URL('../../docs/continuity.md', import.meta.url)
const zoneJs = new URL('../../node_modules/zone.js/package.json', import.meta.url)

interface Options {
  log(line: string): void
}
type Launch = Parameters<typeof chromium.launch>[0]

/** Runs the tables in Chromium and in `browsers`, one after the other, then on pages with zone.js, and writes the document. */
export async function writeDocument(browsers: OtherBrowser[], { log }: Options): Promise<void> {
  const columns: Column[] = []
  const launch = await ensureChromium({ log })
  for (const head of ['Chromium', ...browsers.map(({ name }) => name)]) {
    log(`The tables in ${head}…`)
    const browser = browsers.find(({ name }) => name === head)
    const table = await runTable((url) => (browser ? openPlainly(browser, url) : openDriven(launch, url)))
    columns.push({ head, table })
  }
  const zoned = await runZoneTables(launch, { log })
  await writeFile(file, continuityDocument(columns, zoned))
  log('docs/continuity.md is written.')
}

/** In Chromium alone, as the tests of that entry. */
async function runZoneTables(launch: Launch, { log }: Options): Promise<ZoneTables> {
  const run = async (head: string, variant: Variant): Promise<Column> => {
    log(`The tables on a page with zone.js, ${head}…`)
    return { head, table: await runTable((url) => openDriven(launch, url), variant) }
  }
  const zone = await run('`ordertrace/zone`', { ...ZONE_PAGE, libs: 'libs-zone.js' })
  const ordinary = await run('`ordertrace`', ZONE_PAGE)
  const native = await run('`ordertrace/zone`, native `async`', { zone: true, libs: 'libs-zone.js' })
  const { version } = JSON.parse(await readFile(zoneJs, 'utf8')) as { version: string }
  return { versions: `${zone.table.version}, zone.js ${version}`, columns: [zone, ordinary, native] }
}

/** Chromium tells a driven page no more than any other, and driven it has somebody to answer the dialog. */
async function openDriven(launch: Launch, url: string): Promise<OpenPage> {
  const browser = await chromium.launch(launch)
  const page = await browser.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  const gone = new Promise<never>((_resolve, reject) =>
    browser.once('disconnected', () => reject(new Error('Chromium ended by itself'))),
  )
  gone.catch(() => {})
  await page.goto(`${url}?attended`)
  return { version: `Chromium ${browser.version()}`, gone, close: () => browser.close() }
}
