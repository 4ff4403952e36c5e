import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type LaunchOptions } from '@playwright/test'

/** No window; and timers of a page that nobody sees yet go as fast as those of one that is seen, as where Playwright drives. */
const UNDRIVEN = ['--headless=new', '--disable-background-timer-throttling', '--disable-renderer-backgrounding']

/**
 * Opens a page in a browser that nobody drives, with a profile of its own, until `look` has seen enough at the servers: a browser that is driven
 * holds a prerendered page at its first script.
 */
export async function openPlainly(
  launchOptions: LaunchOptions,
  url: string,
  look: () => Promise<unknown>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'ordertrace-'))
  const { executablePath = chromium.executablePath(), args = [] } = launchOptions
  const command = [...args, ...UNDRIVEN, `--user-data-dir=${profile}`, url]
  const browser = spawn(executablePath, command, { detached: true, stdio: 'ignore' })
  try {
    await look()
  } finally {
    const end = once(browser, 'exit')
    process.kill(-(browser.pid as number), 'SIGKILL')
    await end
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
