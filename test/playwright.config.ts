import { defineConfig } from '@playwright/test'

/** The Chromium that `test/run.mjs` found; a plain `npx playwright test -c test` uses Playwright's own. */
const executablePath = process.env.ORDERTRACE_CHROMIUM
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
  use: { launchOptions: { args, ...(executablePath && { executablePath }) } },
  projects: [
    { name: 'unit', testDir: 'unit' },
    { name: 'browser', testDir: 'browser' },
    { name: 'demo', testDir: 'demo', timeout: 120_000 },
  ],
})
