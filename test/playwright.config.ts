import { defineConfig } from '@playwright/test'

/** The Chromium that `test/run.mjs` found; a plain `npx playwright test -c test` uses Playwright's own. */
const executablePath = process.env.ORDERTRACE_CHROMIUM
/** A Chromium without windows, where there is one: it opens a page in a third of the time. */
const shell = process.env.ORDERTRACE_CHROMIUM_SHELL ?? executablePath
/** Windows, the back/forward cache and what becomes of requests when they close: only the whole browser has those. */
const IN_WHOLE_BROWSER = [
  '**/delivery-{bfcache,close,cut-off,leaving}.spec.ts',
  '**/page-safety-{navigation,surroundings}.spec.ts',
  '**/continuity-table.spec.ts',
  '**/across-pages.spec.ts',
]
const args = (process.env.ORDERTRACE_CHROMIUM_ARGS ?? '').split(' ').filter(Boolean)

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A retry would hide a flake.
  retries: 0,
  workers: 2,
  timeout: 30_000,
  reporter: [['line'], ['./support/counts-reporter.ts']],
  use: { launchOptions: { args, ...(shell && { executablePath: shell }) } },
  projects: [
    { name: 'unit', testDir: 'unit' },
    { name: 'browser', testDir: 'browser', testIgnore: IN_WHOLE_BROWSER },
    {
      name: 'whole-browser',
      testDir: 'browser',
      testMatch: IN_WHOLE_BROWSER,
      use: { launchOptions: { args, ...(executablePath && { executablePath }) } },
    },
    { name: 'demo', testDir: 'demo', timeout: 120_000 },
  ],
})
