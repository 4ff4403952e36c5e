import type { Checkout } from './checkout'
import type { Hop } from './hop'
import { plainText } from './plain-text'
import { settleMessages } from './settle-messages'

const COLUMNS = [
  'started',
  'order_id',
  'user_id',
  'service',
  'step',
  'outcome',
  'reason',
  'failed_at',
  'ms',
  'messages',
  'attempts',
  'queued_ms',
  'arrived_ms',
  'trace_id',
] as const

export interface CsvOptions {
  /** Spreadsheets of countries that write a comma in numbers want a semicolon. Default a comma. */
  separator?: ',' | ';'
}

/** All orders as CSV (RFC 4180), one a line, with a column for each place where time goes and for each trait. Whole milliseconds. */
export function writeCsv(read: readonly Checkout[], { separator = ',' }: CsvOptions = {}): string {
  const checkouts = settleMessages(read)
  const namesOf = (all: string[][]) => [...new Set(all.flat())].sort()
  const hops = namesOf(checkouts.map((checkout) => Object.keys(checkout.hops))) as Hop[]
  const traits = namesOf(checkouts.map((checkout) => Object.keys(checkout.traits)))
  const rows = checkouts.map((checkout) => [
    ...describeOrder(checkout),
    ...hops.map((hop) => Math.round(checkout.hops[hop] ?? 0)),
    ...traits.map((trait) => checkout.traits[trait] ?? ''),
  ])
  const head = [...COLUMNS, ...hops.map((hop) => `${hop} ms`), ...traits.map((trait) => `trait ${trait}`)]
  return [head, ...rows].map((row) => `${row.map((value) => cell(value, separator)).join(separator)}\r\n`).join('')
}

function describeOrder(checkout: Checkout): (string | number)[] {
  return [
    new Date(checkout.at).toISOString(),
    checkout.orderId,
    checkout.userId,
    checkout.service,
    checkout.step,
    checkout.outcome,
    checkout.reason,
    checkout.failedHop,
    Math.round(checkout.ms),
    checkout.messages,
    checkout.attempts,
    Math.round(checkout.queuedMs),
    // Of what has not arrived there is no time.
    checkout.messages === 'arrived' ? Math.round(checkout.arrivedMs) : '',
    checkout.traceId,
  ]
}

/** What comes from outside must not become a formula in somebody's spreadsheet, nor steer a terminal. */
function cell(value: string | number, separator: string): string {
  if (typeof value === 'number') return String(value)
  const plain = plainText(value)
  const text = /^[=+\-@]/.test(plain) ? `'${plain}` : plain
  return text.includes('"') || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text
}
