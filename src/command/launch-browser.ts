import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'

const NO_PLAYWRIGHT = `Playwright is needed to open the page. In a project: npm install --save-dev @playwright/test
Without one: npx -p ordertrace -p @playwright/test ordertrace verify <url>`
const NO_CHROMIUM =
  'There is no Chromium: npx playwright install chromium, or name one by --chromium <file> or CHROMIUM_PATH.'

/** Starts a Chromium by the Playwright of the project in which the command was called, else by one beside this package. */
export async function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  const { chromium } = await findPlaywright()
  // As root there is no sandbox, as Playwright's own images have it.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  if (executablePath) return chromium.launch({ executablePath, args })
  if (existsSync(chromium.executablePath())) return chromium.launch({ args })
  return chromium.launch({ channel: 'chrome', args }).catch((error: Error) => {
    throw /is not found/.test(error.message) ? new Error(NO_CHROMIUM) : error
  })
}

/** `npx ordertrace` runs from a cache of npm's, which has no Playwright: the one that is meant is where the user is. */
async function findPlaywright(): Promise<typeof import('@playwright/test')> {
  try {
    return createRequire(join(process.cwd(), 'package.json'))('@playwright/test')
  } catch {
    return import('@playwright/test').catch(() => {
      throw new Error(NO_PLAYWRIGHT)
    })
  }
}
