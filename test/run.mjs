// `npm test`: everything that must hold, on a fresh clone too. Plain JavaScript, for it runs before anything is installed.
import { ensureBuilt } from '../demo/setup/build.mjs'
import { ensureInstalled, run } from '../demo/setup/install.mjs'

const log = (line) => console.log(`\n▸ ${line}`)

async function main() {
  await ensureInstalled({ log })
  log('Type check')
  await run('npm', ['run', '--silent', 'typecheck'])
  log('Lint')
  await run('npm', ['run', '--silent', 'lint'])
  await ensureBuilt({ log })
  // Imported late: it needs Playwright, which may just have been installed.
  const { prepareChromium } = await import('./prepare-chromium.mjs')
  const { ensureOtherBrowsers } = await import('./continuity/browsers.mjs')
  await ensureOtherBrowsers({ log })
  const programs = await prepareChromium({ log })
  log(`Tests, in ${programs}`)
  await run('npx', ['playwright', 'test', '-c', 'test/playwright.config.ts', ...process.argv.slice(2)])
}

try {
  await main()
} catch (error) {
  console.error(`\n${error.message}`)
  // The tests' own reporter has counted already; before them nothing has.
  if (!/playwright/.test(error.message)) console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}
