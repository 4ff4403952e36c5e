import type { Page } from '@playwright/test'
import type { Visit } from '../support/compare'
import { compareDays } from '../support/compare-days'
import { openFresh } from '../support/open-fresh'
import { expect, test } from '../support/test'

/** What a page freezes, and where it is counted that we could not patch it: at the start, or with each order. */
const FREEZE: Record<string, { freeze: string; counted?: 'continuity' | 'fetch' | 'xhr'; isLateAccepted?: true }> = {
  'Promise.prototype': { freeze: 'Object.freeze(Promise.prototype)' },
  Promise: { freeze: 'Object.freeze(Promise)', counted: 'continuity' },
  'EventTarget.prototype': { freeze: 'Object.freeze(EventTarget.prototype)', counted: 'continuity' },
  'XMLHttpRequest.prototype': { freeze: 'Object.freeze(XMLHttpRequest.prototype)', counted: 'xhr' },
  'window.fetch': {
    freeze: 'Object.defineProperty(window, "fetch", { configurable: false, writable: false })',
    counted: 'fetch',
  },
  'window.setTimeout': {
    freeze: 'Object.defineProperty(window, "setTimeout", { configurable: false, writable: false })',
    counted: 'continuity',
  },
  'MutationObserver.prototype': {
    freeze: 'Object.freeze(MutationObserver.prototype)',
    counted: 'continuity',
    isLateAccepted: true,
  },
}

/** Orders one after the other: each opens and closes the watch that the page has frozen. */
const orders = async () => {
  const order = (work: () => Promise<unknown>) => window.ordertrace?.order('submit', work) ?? work()
  const seen: unknown[] = []
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
  return [...seen, Promise.resolve().constructor === Promise]
}

const failuresOf = (page: Page) => page.evaluate(() => window.ordertrace.diagnostics().failures)

for (const [name, { freeze, counted, isLateAccepted }] of Object.entries(FREEZE)) {
  for (const when of ['before', 'after'] as const) {
    test(`a page that freezes ${name} ${when} tracing starts lives through the same day as without`, async ({
      browser,
      site,
    }) => {
      // What was in place when it was frozen stays, and works.
      const isEarly = when === 'before'
      const counts = (opened: number, isAccepted: boolean): Record<string, number> => {
        if (counted === 'continuity') return opened && !isAccepted ? { continuity: opened } : {}
        return counted && isEarly ? { [counted]: 1 } : {}
      }
      const seen: unknown[] = []
      const look = async (page: Page, how: Visit) => {
        await page.evaluate(() => window.openOrder?.succeed())
        const ordered = await page.evaluate(orders)
        if (how !== 'without') {
          const isWatched = how === 'in an order'
          const opened = isEarly && isWatched ? 4 : 3
          expect(await failuresOf(page), how).toEqual(counts(opened, !isEarly && isWatched && Boolean(isLateAccepted)))
          await page.evaluate(() => window.ordertrace.stop())
        }
        seen.push([ordered, await page.evaluate(orders)])
        expect(seen.at(-1), how).toEqual(seen[0])
      }
      await compareDays(
        site,
        (how, told) => openFresh(browser, `${site.origin}/day`, (page) => told().then(() => look(page, how))),
        {
          [when]: freeze,
          failures: (how) => counts(how === 'in an order' && isEarly ? 1 : 0, false),
          withHeaders: 'some',
        },
      )
    })
  }
}
