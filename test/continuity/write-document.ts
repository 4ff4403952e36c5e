import { writeFile } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { ensureChromium } from '../../demo/setup/chromium.mjs'
import type { OtherBrowser } from './browsers.mjs'
import { type Column, continuityDocument } from './document'
import { type OpenPage, openPlainly } from './plain-browser'
import { runTable } from './table'

const file = new URL('../../docs/continuity.md', import.meta.url)

interface Options {
  log(line: string): void
}

/** Runs the tables in Chromium and in `browsers`, one after the other, and writes the document. */
export async function writeDocument(browsers: OtherBrowser[], { log }: Options): Promise<void> {
  const columns: Column[] = []
  const launch = await ensureChromium({ log })
  for (const name of ['Chromium', ...browsers.map((browser) => browser.name)] as const) {
    log(`The tables in ${name}…`)
    const browser = browsers.find((other) => other.name === name)
    const table = await runTable((url) => (browser ? openPlainly(browser, url) : openDriven(launch, `${url}?attended`)))
    columns.push({ engine: name, table })
  }
  await writeFile(file, continuityDocument(columns))
  log('docs/continuity.md is written.')
}

/** Chromium tells a driven page no more than any other, and driven it has somebody to answer the dialog. */
async function openDriven(launch: Parameters<typeof chromium.launch>[0], url: string): Promise<OpenPage> {
  const browser = await chromium.launch(launch)
  const page = await browser.newPage()
  page.on('dialog', (dialog) => void dialog.accept())
  const gone = new Promise<never>((_resolve, reject) =>
    browser.once('disconnected', () => reject(new Error('Chromium ended by itself'))),
  )
  gone.catch(() => {})
  await page.goto(url)
  return { version: `Chromium ${browser.version()}`, gone, close: () => browser.close() }
}
