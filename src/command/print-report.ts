import type { BeforeFigures } from '../analyst/before'
import { longestHop } from '../analyst/hop'
import { plainText } from '../analyst/plain-text'
import type { WhichCheckouts } from '../analyst/read-checkouts'
import type { Report } from '../analyst/report'
import { sayCause, sayCompleteness, sayHop, sayMs, sayShare, sayStep, sayTrait } from '../analyst/say'
import type { Words } from '../analyst/words'
import type { Completeness } from '../jaeger/read-in-slices'
import { sayLocal } from './local-time'
import { printComparison } from './print-comparison'
import { layOut } from './table'

export interface PrintOptions {
  words: Words
  which: WhichCheckouts
  completeness: Completeness
  /** How many orders were read. */
  count: number
  comparison?: BeforeFigures
}

const BAR = 40

/** The report as text. */
export function printReport(report: Report, { words, which, completeness, count, comparison }: PrintOptions): string {
  const { titles } = words
  const title = plainText(
    `${which.service}: ${sayStep(which.step, words)}. ${sayCompleteness(completeness, { ...which, count, sayTime: sayLocal }, words)}`,
  )
  if (count === 0) return title
  return [
    title,
    ...section(titles.howLong, howLong(report, words)),
    ...(comparison ? section(titles.compared, printComparison(comparison, words)) : []),
    ...section(titles.howItEnded, howItEnded(report, words)),
    ...section(titles.whereTimeGoes, whereTimeGoes(report, words)),
    ...section(titles.whatWentWrong, whatWentWrong(report, words)),
    ...section(titles.inCommon, inCommon(report, words)),
    ...section(titles.slowest, slowest(report, words)),
  ].join('\n')
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function howLong({ distribution, slowerThan, slowCount }: Report, words: Words): string[] {
  const { p50, p75, p95, p99, max, bars } = distribution
  const most = Math.max(...bars.map(({ count }) => count))
  const figures = Object.entries({ p50, p75, p95, p99, [words.titles.longest]: max })
  // Of none there is no median, and least of all one of no time.
  const isNone = distribution.count === 0
  const line = `  ${figures.map(([name, ms]) => `${name} ${isNone ? '–' : sayMs(ms, words)}`).join('   ')}`
  if (isNone) return [line]
  return [
    line,
    `  ${words.slowMeans(sayMs(slowerThan, words), slowCount)}`,
    '',
    ...layOut(
      bars.map(({ from, count, slowCount }) => [
        sayMs(from, words),
        `${slowCount > 0 ? '█' : '▒'}`.repeat(Math.ceil((BAR * count) / most)),
        String(count),
      ]),
      ['right', 'left', 'right'],
    ),
  ]
}

function howItEnded({ funnel }: Report, words: Words): string[] {
  const share = (count: number) => sayShare(count / Math.max(1, funnel.started), words)
  const { stages } = words
  const rows = (['started', 'submitted', 'confirmed', 'arrived', 'failed', 'abandoned', 'open', 'lost'] as const)
    .filter((stage) => stage === 'started' || funnel[stage] > 0)
    .map((stage) => [stages[stage], String(funnel[stage]), share(funnel[stage])])
  const reasons = funnel.reasons.map(({ outcome, reason, count }) => [
    `  ${words.outcomes[outcome]}: ${reason || '–'}`,
    String(count),
    share(count),
  ])
  return layOut([...rows, ...reasons], ['left', 'right', 'right'])
}

function whereTimeGoes({ hops }: Report, words: Words): string[] {
  const difference = (ms: number) => (ms > 0 ? '+' : '') + sayMs(ms, words)
  const rows = hops.map(({ hop, slow, normal }) => [
    sayHop(hop, words),
    sayMs(normal, words),
    sayMs(slow, words),
    difference(slow - normal),
  ])
  return rows.length === 0
    ? []
    : layOut(
        [['', words.titles.normal, words.titles.slow, words.titles.difference], ...rows],
        ['left', 'right', 'right', 'right'],
      )
}

function whatWentWrong({ causes }: Report, words: Words): string[] {
  const rows = causes.map((cause) => [
    String(cause.count),
    sayCause(cause, words),
    cause.extraMs > 0 ? `+${sayMs(cause.extraMs, words)}` : '',
    cause.traceIds[0] ?? '',
  ])
  return layOut(rows, ['right', 'left', 'right'])
}

function inCommon({ common }: Report, words: Words): string[] {
  const rows = common.map(({ slowShare, normalShare, slowCount, normalCount, lift, ...trait }) => [
    sayTrait(trait, words).join(': '),
    `${words.titles.slow} ${sayShare(slowShare, words)} (${slowCount})`,
    `${words.titles.normal} ${sayShare(normalShare, words)} (${normalCount})`,
    lift === undefined ? '' : `× ${lift.toLocaleString(words.locale, { maximumFractionDigits: 1 })}`,
  ])
  return layOut(rows)
}

function slowest({ slowest: orders }: Report, words: Words): string[] {
  const rows = orders.map(({ ms, outcome, orderId, userId, at, hops, traceId }) => {
    const longest = longestHop(hops)
    const where = longest ? `${sayHop(longest.hop, words)} ${sayMs(longest.ms, words)}` : ''
    const when = sayLocal(at)
    return [sayMs(ms, words), words.outcomes[outcome], orderId || '–', userId || '–', when, where, traceId]
  })
  return layOut(rows, ['right'])
}
