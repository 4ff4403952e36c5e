import {
  type BrowserContext,
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import { createIntake } from '../collector/intake'
import { BATCH_MS, type SettleOptions } from '../traces/settle'
import { nextChange } from '../traces/signal'
import { attachTraces } from './attach-traces'
import { type CollectorPattern, createUrlTest } from './collector-pattern'
import { createPageRequests } from './page-requests'
import { receiveByRoute } from './receive-by-route'
import { receiveInBrowser } from './receive-in-browser'
import type { Receiver } from './receiver'
import { settlePages } from './settle-pages'
import { createTraces, type Traces } from './traces'
import { type RequestWatch, watchRequests } from './watch-requests'

/** Options of all tests of a worker: `use: { ordertrace: { … } }` in the configuration, or `test.use` at the top of a file. */
export interface OrdertraceOptions {
  /** The URL that the pages send their spans to, `*` for any characters, or several. Default: every one that ends in `/v1/traces`. */
  collector?: CollectorPattern
  /** Whether the pages' own collector gets what came too, and its answer goes to the page. Default: no, the test answers. */
  passOn?: boolean
  /**
   * For how long the pages keep spans back where nothing can be told to send them, ms; so long a matcher waits before it believes that nothing
   * more comes. Default: 5,000, as OpenTelemetry's SDKs do.
   */
  batchMs?: number
}

/** What a page sends while it is closed comes within that, ms; a context that is closed takes it along. */
const LAST_WORDS_MS = 100

const DEFAULT_COLLECTOR = '*/v1/traces'

export interface OrdertraceFixtures {
  /** What the pages of this test sent to their collector, and to everybody else. */
  traces: Traces
  context: BrowserContext
}

export interface OrdertraceWorkerFixtures {
  ordertrace: OrdertraceOptions
  /** @internal */
  ordertraceReceiver: Receiver
  /** @internal */
  ordertraceRequests: RequestWatch
}

// Written out: TypeScript would name Playwright's types by a package that projects need not have beside `@playwright/test`.
export type OrdertraceTest = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & OrdertraceFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & OrdertraceWorkerFixtures
>

/** Playwright's `test`, with the fixture `traces`. */
export const test: OrdertraceTest = base.extend<OrdertraceFixtures, OrdertraceWorkerFixtures>({
  ordertrace: [{}, { option: true, scope: 'worker' }],
  ordertraceReceiver: [
    async ({ browser, ordertrace: { collector = DEFAULT_COLLECTOR, passOn = false } }, use) => {
      const isChromium = browser.browserType().name() === 'chromium'
      const receive = isChromium ? receiveInBrowser : receiveByRoute
      const receiver = await receive(browser, { collector, passOn })
      await use(receiver)
      await receiver.stop()
    },
    { scope: 'worker' },
  ],
  ordertraceRequests: [
    async ({ browser }, use) => {
      const watch = watchRequests(browser)
      await use(watch)
      watch.stop()
    },
    { scope: 'worker' },
  ],
  traces: async ({ ordertrace, ordertraceReceiver, ordertraceRequests }, use, testInfo) => {
    const { collector = DEFAULT_COLLECTOR, batchMs = BATCH_MS } = ordertrace
    const intake = createIntake()
    const requests = createPageRequests(createUrlTest(collector))
    ordertraceRequests.noteIn(requests)
    ordertraceReceiver.receiveInto(intake)
    const settle = (options?: SettleOptions) => settlePages(ordertraceRequests.pages(), { batchMs, ...options })
    await use(createTraces({ intake, requests, settle }))
    ordertraceReceiver.receiveInto(undefined)
    ordertraceRequests.noteIn(undefined)
    await attachTraces(testInfo, intake.log)
  },
  // Asks for `traces` first, so that it receives before a page is opened and until the last one is closed.
  context: async ({ traces, context }, use, testInfo) => {
    await use(context)
    // What Playwright keeps of a failure it takes from open pages, after this.
    if (testInfo.errors.length > 0 || context.pages().length === 0) return
    await Promise.all(context.pages().map((page) => page.close()))
    while (await nextChange(traces, LAST_WORDS_MS));
  },
})
