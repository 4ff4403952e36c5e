import type { PageRequest } from '../instrumentations/request-span'
import type { Report } from '../page/report'
import { scrubUrl } from '../privacy/scrub'
import type { Diagnostics, NoHeaderReason } from '../tracing'

type Entry = Diagnostics['requests']['withoutHeader'][number]

/** Enough to see what is missing in `apis`; a page that polls must not grow it without end. */
const MOST_KINDS = 50

const ADVICE: Record<NoHeaderReason, string> = {
  'not-listed': 'add it to the option "apis"',
  'set-by-page': 'the page set its own',
  'no-consent': 'call setConsent(true)',
  'no-cors': 'use mode "cors"',
}

/** Which requests of orders got no header, and why: for `diagnostics()` and, in debug mode, the console. */
export interface NoHeaderLog {
  note(request: PageRequest, reason: NoHeaderReason): void
  read(): Entry[]
}

export function createNoHeaderLog(report: Report): NoHeaderLog {
  const entries = new Map<string, Entry>()
  return {
    note({ method, url }, reason) {
      const shown = scrubUrl(url)
      const key = `${method} ${shown} ${reason}`
      const entry = entries.get(key) ?? { method, url: shown, reason, count: 0 }
      entry.count++
      entries.delete(key)
      entries.set(key, entry)
      const [oldest] = entries.keys()
      if (entries.size > MOST_KINDS && oldest !== undefined) entries.delete(oldest)
      if (entry.count === 1)
        report.debug(`${method} ${shown} of an order got no traceparent (${reason}): ${ADVICE[reason]}`)
    },
    read: () => [...entries.values()].map((entry) => ({ ...entry })),
  }
}
