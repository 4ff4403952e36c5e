import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { type Findings, findingsOf } from '../verify/findings'
import { watchPage } from '../verify/watch-page'
import { launchBrowser } from './launch-browser'
import { layOut } from './table'
import { UsageError } from './usage-error'

const help = `ordertrace verify <url> [options]

Opens a page in Chromium and says: is it traced, which requests carried traceparent and which not and why, what
reached the collector, what leaked. Exit code 0: all is well; 1: there are problems; 2: called wrongly.

  --seconds <n>          how long to look on; default 5
  --script <file>        what to do on the page: export default async (page) => { … }, with Playwright's page
  --api <url>            these requests have to carry traceparent, and there has to be one; * for any characters, a query
                         counts only where one is written; may be given several times
  --collector <url>      where the page sends its spans, * for any characters; default */v1/traces
  --hold                 let the page's collector hear nothing of this visit
  --storage-state <file> a login that Playwright stored
  --chromium <file>      the browser; also CHROMIUM_PATH; default Playwright's, else Chrome
  --json                 print everything as JSON
`

const options = {
  seconds: { type: 'string', default: '5' },
  script: { type: 'string' },
  api: { type: 'string', multiple: true, default: [] as string[] },
  collector: { type: 'string', default: '*/v1/traces' },
  hold: { type: 'boolean', default: false },
  'storage-state': { type: 'string' },
  chromium: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const

/** `ordertrace verify`: looks at a page, and prints what is to be said of its tracing. */
export async function verify(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readVerifyArguments(args)
  if (values.help) return print(help)
  const url = readUrl(positionals)
  const seconds = Number(values.seconds)
  if (!(seconds >= 0 && seconds <= 3600))
    throw new UsageError(`--seconds is a number up to 3600, not "${values.seconds}".`)
  const act = values.script === undefined ? undefined : await readScript(values.script)
  const state = values['storage-state']
  if (state !== undefined && !existsSync(state)) throw new UsageError(`--storage-state: there is no file ${state}.`)
  const browser = await launchBrowser(values.chromium ?? process.env.CHROMIUM_PATH)
  try {
    const seen = await watchPage(browser, {
      url,
      collector: values.collector,
      passOn: !values.hold,
      lookOnMs: seconds * 1000,
      signal,
      ...(act && { act }),
      ...(state !== undefined && { storageState: state }),
    })
    const findings = findingsOf(seen, values.api)
    print(values.json ? `${JSON.stringify(findings, null, 2)}\n` : describe(findings, values.hold))
    return findings.problems.length ? 1 : 0
  } finally {
    await browser.close()
  }
}

function readVerifyArguments(args: string[]) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\nSee --help.`)
  }
}

function readUrl(positionals: string[]): string {
  const [url, ...more] = positionals
  if (!url || more.length) throw new UsageError('Give one URL: ordertrace verify https://shop.example/checkout')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(`"${url}" is no URL of a page: write it whole, with http:// or https://.`)
  }
  return url
}

async function readScript(file: string): Promise<(page: Page) => Promise<void> | void> {
  const path = resolve(file)
  if (!existsSync(path)) throw new UsageError(`--script: there is no file ${path}.`)
  const module = await import(pathToFileURL(path).href)
  if (typeof module.default !== 'function') {
    throw new UsageError(
      `--script: ${file} has to export a function as its default: export default async (page) => { … }`,
    )
  }
  return module.default
}

function describe({ url, sdks, services, spans, traces, requests, problems }: Findings, isHeld: boolean): string {
  const rows = requests.map(({ method, url, count, carried, reason }) => [
    carried ? 'traceparent' : '–',
    `${method} ${url}${count > 1 ? ` (${count} times)` : ''}`,
    reason ?? '',
  ])
  return [
    url,
    '',
    spans
      ? `Traced by ${sdks.join(', ') || 'an SDK that does not say its name'} as ${services.join(', ') || 'no service'}: ${count(spans, 'span')} of ${count(traces, 'trace')} reached the collector.`
      : 'Not traced: no span reached the collector.',
    '',
    ...(rows.length ? ['Requests of the page', ...layOut(rows)] : ['The page sent no request by fetch or XHR.']),
    '',
    ...(problems.length ? ['Problems', ...problems.map((problem) => `  ✗ ${problem}`)] : ['✓ No problems.']),
    '',
    isHeld
      ? 'The page’s own collector heard nothing of this visit, so how it answers was not looked at.'
      : 'The page’s own collector has this visit’s spans too; --hold keeps them from it.',
    '',
  ].join('\n')
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

function print(text: string): number {
  process.stdout.write(text)
  return 0
}
