import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackage } from '../support/installed-package'
import { expect, test } from '../support/test'

const TESTS = `
import { expect, test } from 'ordertrace/playwright'

test('a traced page', async ({ page, traces }) => {
  await page.goto('/')
  await page.evaluate(() => ordertrace.order('submit', { id: 'o-42' }, () => fetch('/api/orders')).then(() => {}))
  await expect(traces).toHaveOrder('o-42', { outcome: 'confirmed' })
})
test('an untraced page', async ({ page }) => {
  await page.goto('/untraced')
})
test('a failure', async ({ page }) => {
  await page.goto('/untraced')
  expect(1).toBe(2)
})
`

interface JsonReport {
  suites: { specs: { title: string; tests: { results: { attachments: Attachment[] }[] }[] }[] }[]
}
interface Attachment {
  name: string
  contentType: string
  path?: string
  body?: string
}

/** Runs Playwright as in a terminal: what this test runner tells its own workers is nobody else's business. */
function runTests(folder: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TEST_|PW|PLAYWRIGHT|NODE_OPTIONS)/.test(name)),
  )
  const child = spawn(process.execPath, [join(folder, 'node_modules/@playwright/test/cli.js'), 'test'], {
    cwd: folder,
    env,
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
  return new Promise((resolve) => child.once('close', () => resolve(out)))
}

test('every test has its traces in Playwright’s report: a picture that opens by itself, and OTLP', async ({
  page,
  site,
}, testInfo) => {
  // It packs the package, and starts a second Playwright with a browser of its own.
  testInfo.setTimeout(120_000)
  site.page('/', '<title>shop</title><script src="/ordertrace.min.js" data-service="shop" data-apis="/api/"></script>')
  site.page('/untraced', '<title>shop</title><h1>Shop</h1>')
  const project = installPackage(['@opentelemetry/api', '@playwright/test'])
  const use = { baseURL: site.origin, launchOptions: testInfo.project.use.launchOptions }
  const reporter = [
    ['json', { outputFile: 'report.json' }],
    ['html', { outputFolder: 'html', open: 'never' }],
  ]
  project.write(
    'playwright.config.mjs',
    `export default ${JSON.stringify({ testDir: '.', workers: 1, use, reporter })}`,
  )
  project.write('shop.spec.mjs', TESTS)
  const out = await runTests(project.folder)
  const report = JSON.parse(readFileSync(join(project.folder, 'report.json'), 'utf8')) as JsonReport
  const specs = report.suites.flatMap((suite) => suite.specs)
  const attached = (title: string) =>
    specs.find((spec) => spec.title === title)?.tests[0]?.results[0]?.attachments ?? []
  const text = ({ path, body = '' }: Attachment) =>
    path ? readFileSync(path, 'utf8') : Buffer.from(body, 'base64').toString()

  const [picture, otlp] = attached('a traced page')
  expect([picture?.contentType, otlp?.contentType], out).toEqual(['image/svg+xml', 'application/json'])
  const { resourceSpans } = JSON.parse(text(otlp as Attachment))
  expect(JSON.stringify(resourceSpans)).toContain('"order.submit"')
  expect(attached('an untraced page').map(text)).toEqual(['Nothing reached the collector.'])
  // What Playwright itself keeps of a failure is there too.
  const context = attached('a failure').find(({ name }) => name === 'error-context') as Attachment
  expect(text(context)).toContain('heading "Shop"')

  await page.goto(pathToFileURL(join(project.folder, 'html/index.html')).href)
  await page.getByRole('link', { name: 'a traced page' }).first().click()
  const image = page.locator('img[src$=".svg"]').first()
  await expect(image).toBeVisible()
  expect(await image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(1200)
  project.remove()
})
