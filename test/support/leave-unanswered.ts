import type { Page } from '@playwright/test'
import type { CollectorAnswer, CollectorAnswering } from '../../src/collector'
import { traced } from './script-tag-page'
import type { Site } from './site'
import { stopDate } from './stop-date'

/** A page leaves with the order `o-1` on its way, which is answered when it is gone. By its clock the next page asks too late to believe the collector. */
export async function leaveUnanswered(
  page: Page,
  site: Site,
  collector: { answer: CollectorAnswering | undefined },
): Promise<void> {
  await stopDate(page, '/next', 301)
  for (const path of ['/shop', '/next']) site.page(path, traced('data-sample-ratio="0"'))
  let answer = () => {}
  const answered = new Promise<CollectorAnswer>((resolve) => {
    answer = () => resolve({})
  })
  collector.answer = () => answered
  await page.goto(`${site.origin}/shop`)
  const gone = page.waitForURL('**/next')
  await page.evaluate(() => {
    void window.ordertrace.order('submit', { id: 'o-1' }, () => location.assign('/next'))
  })
  await gone
  answer()
}
