import type { Checkout } from '../analyst/checkout'
import type { WhichCheckouts } from '../analyst/read-checkouts'
import type { ListedOutcome, Report } from '../analyst/report'
import { describeWaterfall, type Waterfall } from '../analyst/waterfall'
import type { Language } from '../analyst/words'
import { standardView, writeView } from '../analyst-page/address'
import type { EmbeddedReport } from '../analyst-page/protocol'
import type { JaegerClient } from '../jaeger/client'
import type { Completeness } from '../jaeger/read-in-slices'
import { readAnalystFile } from './analyst-files'
import type { ReadBefore } from './read-before'
import { showProgress } from './show-progress'

export interface ReportPage {
  which: WhichCheckouts
  checkouts: readonly Checkout[]
  completeness: Completeness
  report: Report
  slowerThan: number | undefined
  /** Which of the slowest are listed first. */
  outcome: ListedOutcome
  top: number | undefined
  /** What it is compared with, if anything. */
  before: ReadBefore | undefined
  language: Language
  client: JaegerClient
  signal: AbortSignal
}

/** The page with everything in it: styles, scripts, its worker's code, the orders, and the traces that one will want to open. */
export async function writeReportPage({ client, report, signal, ...given }: ReportPage): Promise<string> {
  const wanted = [...report.slowest.map(({ traceId }) => traceId), ...report.causes.flatMap(({ traceIds }) => traceIds)]
  const waterfalls: Waterfall[] = []
  const ids = new Set(wanted)
  for (const traceId of ids) {
    showProgress(`Reading: trace ${waterfalls.length + 1} of ${ids.size}`)
    const trace = await client.trace(traceId, { signal }).finally(() => showProgress(''))
    if (trace) waterfalls.push(describeWaterfall(trace))
  }
  const { which, checkouts, completeness, slowerThan, language, before } = given
  const embedded: EmbeddedReport = {
    ...{ which, checkouts, completeness, slowerThan, language, waterfalls, jaeger: client.url },
    ...(before && { before: before.orders }),
  }
  const { outcome, top = standardView.top } = given
  const view = writeView({ ...standardView, outcome, top })
  const [html, css, page, worker] = await Promise.all(
    ['index.html', 'page.css', 'page.js', 'worker.js'].map(readAnalystFile),
  )
  const parts = [
    `<style>${css}</style>`,
    `<script type="application/json" id="report" data-view="${view.replaceAll('&', '&amp;')}">${escapeJson(JSON.stringify(embedded))}</script>`,
    `<script type="text/plain" id="worker">${escapeScript(worker ?? '')}</script>`,
  ]
  // By functions, for a text put in as it is may hold "$&".
  return (html ?? '')
    .replace(/<html lang="\w+">/, () => `<html lang="${language}">`)
    .replace(/<link rel="stylesheet"[^>]*>/, () => parts.join('\n'))
    .replace(/<script src="page\.js"><\/script>/, () => `<script>${escapeScript(page ?? '')}</script>`)
}

/** What comes from outside must not end the element that it stands in. */
function escapeJson(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function escapeScript(code: string): string {
  return code.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--')
}
