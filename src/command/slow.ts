import { writeFile } from 'node:fs/promises'
import { writeCsv } from '../analyst/csv'
import { plainJson } from '../analyst/plain-text'
import { makeReport } from '../analyst/report'
import { sayCompleteness, wordsIn } from '../analyst/say'
import type { Words } from '../analyst/words'
import type { Completeness } from '../jaeger/read-in-slices'
import { writeReportPage } from './html-report'
import { sayLocal } from './local-time'
import { printLife } from './print-life'
import { printReport } from './print-report'
import { readAll } from './read-all'
import { jaegerOptions, openJaeger, readArguments } from './read-arguments'
import { readBefore } from './read-before'
import { showLife } from './show-life'
import { readSettings, refuseUnheeded } from './slow-settings'

const help = `ordertrace slow --jaeger <url> [options]

Which orders are slow, for whom, and where their time goes.

  --jaeger <url>         Jaeger's query API, such as http://localhost:16686; also JAEGER_QUERY_URL
  --header "Name: value" sent with every question, such as Authorization; may be given several times
  --service <name>       the UI; default internet-shop
  --step <name>          the step of the order; default submit
  --since <time>         24h, 7d, 2026-03-02T09:00Z…; default 24h
  --until <time>         default now
  --user <id>            orders of this person only
  --order <id>           what became of this order, over all its traces
  --slower-than <time>   what counts as slow, such as 2s; default twice the median
  --compare before|week  with the time of the same length before, or with the same time a week before
  --top <n>              how many of the slowest; default 20
  --outcome <which>      of which the slowest are shown: confirmed, failed, abandoned, open or all; default confirmed
  --limit <n>            read at most so many orders, the newest first; default 50000
  --timeout <time>       how long one answer of Jaeger may take; default 30s
  --lang en|ru           default en
  --json                 print everything as JSON
  --csv                  print every order as CSV
  --separator ","|";"    between its columns; default a comma
  --html <file>          write the page with everything in it, one file that needs no server
`

const options = {
  ...jaegerOptions,
  service: { type: 'string' },
  step: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  user: { type: 'string' },
  order: { type: 'string' },
  'slower-than': { type: 'string' },
  compare: { type: 'string' },
  top: { type: 'string' },
  outcome: { type: 'string' },
  limit: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  separator: { type: 'string' },
  html: { type: 'string' },
} as const

/** `ordertrace slow`: reads the orders of a time, and prints what there is to say about them. */
export async function slow(args: string[], signal: AbortSignal): Promise<number> {
  const given = readArguments(args, options)
  if (given.help) return print(help)
  refuseUnheeded(given)
  const settings = readSettings(given)
  const { which, most, language, slowerThan, top, outcome } = settings
  const client = openJaeger(given, settings.timeoutMs)
  const words = wordsIn(language)
  if (given.order !== undefined) {
    const found = await showLife(client, { ...which, orderId: given.order }, signal)
    return print(given.json ? plainJson(found.life) : printLife(found, words))
  }
  const { checkouts, completeness } = await readAll(client, which, { most, signal })
  const report = makeReport(checkouts, { ...which, slowerThan, top, outcome })
  const { compare: against } = settings
  const before = against && (await readBefore(client, { ...settings, ...report, against, checkouts, signal }))
  if (given.html) {
    const page = { ...settings, checkouts, completeness, report, before, client, signal }
    await writeFile(given.html, await writeReportPage(page))
    process.stderr.write(`${given.html} is written.\n`)
  }
  const count = checkouts.length
  if (given.csv || given.json) sayPartial({ completeness, count, from: which.from }, words)
  if (given.csv) return print(writeCsv(checkouts, { separator: settings.separator }), '')
  const compared = before ? { comparison: before.figures } : {}
  if (given.json) return print(plainJson({ ...which, completeness, ...report, ...compared }))
  return print(printReport(report, { words, which, completeness, count, ...compared }))
}

/** Who passes the answer on to a program would not see how much of it is there. */
function sayPartial(
  { completeness, ...about }: { completeness: Completeness; count: number; from: number },
  words: Words,
): void {
  const { readFrom, crowded, unreadable = 0 } = completeness
  const isWhole = readFrom <= about.from && crowded.length === 0 && unreadable === 0
  if (!isWhole) process.stderr.write(`${sayCompleteness(completeness, { ...about, sayTime: sayLocal }, words)}\n`)
}

function print(text: string, end = '\n'): number {
  process.stdout.write(text.endsWith('\n') ? text : text + end)
  return 0
}
