import type { Browser, BrowserContext, Page, Request } from '@playwright/test'
import { createIntake } from '../collector/intake'
import { type CollectorPattern, createUrlTest } from '../playwright/collector-pattern'
import { createPageRequests } from '../playwright/page-requests'
import { receiveInBrowser } from '../playwright/receive-in-browser'
import { nextChange } from '../traces/signal'
import type { Diagnostics } from '../tracing'
import type { CollectorAnswered, Sighting } from './sighting'

export interface WatchOptions {
  url: string
  collector: CollectorPattern
  /** Whether the page's collector hears of this visit. */
  passOn: boolean
  /** How long to look on after the page has loaded and the script has run, ms. */
  lookOnMs: number
  /** A login that Playwright stored. */
  storageState?: string
  /** What to do on the page. */
  act?(page: Page): Promise<void> | void
  signal?: AbortSignal
}

/** What leaves when a page is closed comes within that, ms. */
const LAST_WORDS_MS = 1_000

/** Opens the page, does what is to be done there, looks on, and closes it, since much is only sent then. */
export async function watchPage(browser: Browser, options: WatchOptions): Promise<Sighting> {
  const isCollector = createUrlTest(options.collector)
  const intake = createIntake()
  const receiver = await receiveInBrowser(browser, options)
  receiver.receiveInto(intake)
  const context = await browser.newContext(options.storageState ? { storageState: options.storageState } : {})
  const requests = createPageRequests(isCollector)
  context.on('request', requests.note)
  const answers = watchAnswers(context, isCollector)
  const page = await context.newPage()
  const corsErrors: string[] = []
  page.on('console', (message) => {
    if (/blocked by CORS policy/.test(message.text())) corsErrors.push(message.text())
  })
  const workers: string[] = []
  page.on('worker', (worker) => workers.push(worker.url()))
  const response = await page.goto(options.url).catch((error: Error) => {
    throw new Error(`${options.url} cannot be opened: ${/net::\w+/.exec(error.message) ?? error.message}`)
  })
  await options.act?.(page)
  await elapse(options.lookOnMs, options.signal)
  const diagnostics = await page.evaluate(readDiagnostics).catch(() => undefined)
  const url = page.url()
  await page.close()
  while (await nextChange(intake.log, LAST_WORDS_MS));
  await context.close()
  await receiver.stop()
  return {
    url,
    status: response?.status(),
    workers,
    requests: requests.all,
    deliveries: intake.log.deliveries,
    answers: options.passOn ? answers : [],
    corsErrors,
    diagnostics,
  }
}

function watchAnswers(context: BrowserContext, isCollector: (url: string) => boolean): CollectorAnswered[] {
  const answers: CollectorAnswered[] = []
  const note = (request: Request, status: number | undefined) => {
    if (!isCollector(request.url()) || request.method() !== 'POST') return
    const failure = request.failure()?.errorText
    // Of a request that outlives its page nobody hears the answer.
    if (failure !== 'net::ERR_ABORTED') answers.push({ url: request.url(), status, failure })
  }
  context.on('response', (response) => note(response.request(), response.status()))
  context.on('requestfailed', (request) => note(request, undefined))
  return answers
}

function readDiagnostics(): Diagnostics | undefined {
  return (window as unknown as { ordertrace?: { diagnostics?(): Diagnostics } }).ordertrace?.diagnostics?.()
}

function elapse(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
