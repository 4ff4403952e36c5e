import { test as base, expect, type Page } from '@playwright/test'
import type { Tracing, TracingOptions } from '../../src'
import type { ReceivedSpan } from '../../src/otlp/received-span'
import { bundle, scriptFile, stubFile } from './bundle'
import { createSite, type Site } from './site'

declare global {
  interface Window {
    tracing: Tracing
    startTracing: (options: TracingOptions) => Tracing
    ordertrace: Tracing & { startTracing: (options: TracingOptions) => Tracing }
    axios: typeof import('axios').default
    otel: typeof import('@opentelemetry/api')
  }
}

interface Fixtures {
  site: Site
  /** Opens an empty page of the site and starts tracing there, by the ES module. */
  traced(options?: Partial<TracingOptions>): Promise<Page>
}
interface WorkerFixtures {
  files: { module: string; script: string; stub: string }
}

const MODULE = `
  import { startTracing } from 'ordertrace'
  import * as otel from '@opentelemetry/api'
  import axios from 'axios'
  Object.assign(window, { startTracing, axios, otel })
`

export const test = base.extend<Fixtures, WorkerFixtures>({
  files: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const [module, script, stub] = await Promise.all([bundle(MODULE), scriptFile(), stubFile()])
      await use({ module, script, stub })
    },
    { scope: 'worker' },
  ],
  site: async ({ files }, use) => {
    const site = await createSite()
    for (const [path, text] of Object.entries({
      '/module.js': files.module,
      '/ordertrace.min.js': files.script,
      '/stub.js': files.stub,
    })) {
      site.on(path, (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(text)
      })
    }
    site.page('/', '<title>shop</title><script src="/module.js"></script>')
    await use(site)
    await site.close()
    const problems = site.collector.log.deliveries.flatMap((delivery) => delivery.problems)
    expect(problems, 'what we send is to be read as strictly as what others send').toEqual([])
  },
  traced: async ({ page, site }, use) => {
    await use(async (options = {}) => {
      await page.goto(site.origin)
      await page.evaluate((given) => {
        window.tracing = window.startTracing({ service: 'internet-shop', apis: ['/api/'], ...given })
        // As docs/playwright.md says, so that the matchers can let it send what waits.
        Object.assign(window, { ordertrace: window.tracing })
      }, options)
      return page
    })
  },
})

/** The span of the request that a server received with this `traceparent`. */
export function spanIdOf(traceparent: unknown): string | undefined {
  return /^00-[\da-f]{32}-([\da-f]{16})-01$/.exec(String(traceparent))?.[1]
}

export const isOrder =
  (step: string) =>
  ({ name }: ReceivedSpan) =>
    name === `order.${step}`

export { expect }
