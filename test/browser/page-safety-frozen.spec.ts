import { visit } from '../support/compare'
import { expect, test } from '../support/test'

/** What a page freezes, and where it is counted that we could not patch it: at the start, or with each order. */
const FREEZE: Record<string, { freeze(): void; counted: Record<string, number>; isLateAccepted?: true }> = {
  'Promise.prototype': { freeze: () => void Object.freeze(Promise.prototype), counted: {} },
  Promise: { freeze: () => void Object.freeze(Promise), counted: { continuity: 3 } },
  'EventTarget.prototype': { freeze: () => void Object.freeze(EventTarget.prototype), counted: { continuity: 3 } },
  'XMLHttpRequest.prototype': { freeze: () => void Object.freeze(XMLHttpRequest.prototype), counted: { xhr: 1 } },
  'window.fetch': {
    freeze: () => void Object.defineProperty(window, 'fetch', { configurable: false, writable: false }),
    counted: { fetch: 1 },
  },
  'window.setTimeout': {
    freeze: () => void Object.defineProperty(window, 'setTimeout', { configurable: false, writable: false }),
    counted: { continuity: 3 },
  },
  'MutationObserver.prototype': {
    freeze: () => void Object.freeze(MutationObserver.prototype),
    counted: { continuity: 3 },
    isLateAccepted: true,
  },
}

/** The page's day, with two orders one after the other. */
const day = async () => {
  const seen: unknown[] = []
  const order = (work: () => Promise<unknown>) => window.tracing?.order('submit', work) ?? work()
  for (let time = 0; time < 3; time++) {
    seen.push(
      await order(async () => {
        const xhr = new XMLHttpRequest()
        const loaded = new Promise((resolve) => xhr.addEventListener('load', resolve))
        xhr.open('GET', '/api/a')
        xhr.send()
        await loaded
        await new Promise((resolve) => setTimeout(resolve))
        const observed = new Promise((resolve) =>
          new MutationObserver(resolve).observe(document, { childList: true, subtree: true }),
        )
        document.body.append('text')
        await observed
        return [xhr.status, (await fetch('/api/a')).status, Promise.resolve().constructor === Promise]
      }),
    )
  }
  return [seen, Promise.resolve().constructor === Promise]
}

for (const [name, { freeze, counted, isLateAccepted }] of Object.entries(FREEZE)) {
  for (const when of ['before tracing starts', 'while an order is open']) {
    test(`a page that freezes ${name} ${when} goes on`, async ({ page, site }) => {
      await visit(page, site, 'without')
      if (when === 'before tracing starts') await page.evaluate(freeze)
      const start = () => {
        window.tracing = window.startTracing({ service: 'crm', apis: ['/api/'] })
        window.openOrder = window.tracing.startOrder('open')
      }
      await page.evaluate(start)
      if (when !== 'before tracing starts') await page.evaluate(freeze)
      await page.evaluate(() => window.openOrder?.succeed())
      const seen = [
        [200, 200, true],
        [200, 200, true],
        [200, 200, true],
      ]
      expect(await page.evaluate(day)).toEqual([seen, true])
      const { failures, requests } = await page.evaluate(() => window.tracing.diagnostics())
      // What was in place when it was frozen stays, and works.
      const isEarly = when === 'before tracing starts'
      const orders = isEarly ? 4 : 3
      expect(failures).toEqual(
        counted.continuity && (isEarly || !isLateAccepted) ? { continuity: orders } : isEarly ? counted : {},
      )
      expect(requests.withHeader).toBeGreaterThanOrEqual(3)
      await page.evaluate(() => window.tracing.stop())
      expect(await page.evaluate(day)).toEqual([seen, true])
    })
  }
}
