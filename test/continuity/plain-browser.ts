import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { OtherBrowser } from './browsers.mjs'
import { firefoxPreferences } from './firefox-preferences'
import { type Group, startGroup } from './process-group'

/** A page in a browser that nobody drives. */
export interface OpenPage {
  /** Of the browser, as it says itself. */
  readonly version: string
  /** Rejects when the browser ends by itself. */
  readonly gone: Promise<never>
  /** Ends the browser and leaves nothing of it. */
  close(): Promise<void>
}

/**
 * Shows a page in a browser that is started as a user would: no WebDriver, no BiDi, no debugger, for those make an engine tell scripts more
 * than it tells them otherwise.
 */
export async function openPlainly({ name, program }: OtherBrowser, url: string): Promise<OpenPage> {
  const home = await mkdtemp(join(tmpdir(), 'ordertrace-browser-'))
  const display = name === 'WebKit' ? await startDisplay() : undefined
  const env = { ...process.env, ...quietDesktop(home), ...(display && { DISPLAY: display.name }) }
  const version = await promisify(execFile)(program, ['--version'], { env })
  const browser = startGroup(program, await argumentsOf(name, home, url), { env })
  // What it says is nobody's concern, and must not fill the pipe.
  browser.output.resume()
  return {
    version: version.stdout.trim(),
    gone: browser.gone,
    async close() {
      await browser.stop()
      await display?.group.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** What it would write to the user's folders goes to the temporary one; and no bus, which would outlive the browser. */
const quietDesktop = (home: string) => ({
  HOME: home,
  XDG_CACHE_HOME: home,
  XDG_CONFIG_HOME: home,
  XDG_DATA_HOME: home,
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  GSETTINGS_BACKEND: 'memory',
  NO_AT_BRIDGE: '1',
  // No graphics card is promised where tests run.
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
})

async function argumentsOf(name: OtherBrowser['name'], home: string, url: string): Promise<string[]> {
  if (name === 'WebKit') return [url]
  await writeFile(join(home, 'user.js'), firefoxPreferences())
  return ['--headless', '--no-remote', '--profile', home, url]
}

/** A display that nobody sees; it picks a number that is free and says so. */
async function startDisplay(): Promise<{ name: string; group: Group }> {
  const group = startGroup('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'])
  const started = new Promise<string>((resolve) => group.output.once('data', (text) => resolve(String(text).trim())))
  return { name: `:${await Promise.race([started, group.gone])}`, group }
}
