import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { parseTraceparent } from '../propagation/traceparent'
import { shown } from '../traces/span-filter'
import { isOnItsWay, whyNotArrived } from './arrival'
import { ask, type MatcherOptions } from './ask'
import { parseBaggage } from './baggage'
import type { Verdict } from './decide'
import type { PageRequest } from './page-requests'
import type { TracedRequest } from './traced-request'

export interface TraceparentOptions extends MatcherOptions {
  /** Whose trace the request must be in: an order's, `traces.order(id)`. Its parent is then a span that has come. */
  of?: { traceIds(): string[] }
}

/**
 * The request carried a valid `traceparent` to its server: one of them, if an order is named, else all. Its opposite: none did. One that the
 * browser refused to send carried nothing.
 */
export function toCarryTraceparent(
  this: ExpectMatcherState,
  request: TracedRequest,
  { of, ...options }: TraceparentOptions = {},
): Promise<MatcherReturnType> {
  const problem = (one: PageRequest) => problemOfTraceparent(one, request, of)
  return ask(
    this,
    {
      name: 'toCarryTraceparent',
      asked: of ? '{ of: order }' : '',
      source: request,
      nature: 'open',
      // Late spans and requests can change it either way, but what a named order has it keeps.
      ...(of && { nature: 'rising' as const }),
      judge: () => judge(this, request, problem, Boolean(of)),
      concerns: () => of?.traceIds() ?? [],
    },
    options,
  )
}

/** The request carried these entries in `baggage`, beside others. */
export function toCarryBaggage(
  this: ExpectMatcherState,
  request: TracedRequest,
  entries: Record<string, string | RegExp>,
  options?: MatcherOptions,
): Promise<MatcherReturnType> {
  return ask(
    this,
    {
      name: 'toCarryBaggage',
      asked: shown(entries),
      source: request,
      nature: 'rising',
      judge: () => judge(this, request, (one) => problemOfBaggage(one, entries), true),
    },
    options,
  )
}

function judge(
  { isNot }: ExpectMatcherState,
  request: TracedRequest,
  problemOf: (one: PageRequest) => string | undefined,
  oneIsEnough: boolean,
): Verdict {
  const problems = request.all().map((one) => ({ one, problem: problemOfArrival(one) ?? problemOf(one) }))
  const explain = () =>
    problems.length
      ? problems.map(({ one, problem }) => `${one.method} ${one.url} ${problem ?? 'did'}`).join('\n')
      : noRequest(request)
  const good = problems.filter(({ problem }) => !problem).length
  const holds = oneIsEnough || isNot ? good > 0 : good === problems.length
  const isOpen =
    problems.length === 0 || problems.some(({ one, problem }) => isOnItsWay(one) && !problemOf(one) && problem)
  return { state: holds && good > 0 ? 'holds' : isOpen ? 'unknown' : 'fails', explain }
}

function problemOfArrival(request: PageRequest): string | undefined {
  const failure = whyNotArrived(request)
  if (failure !== undefined) return `did not reach the server: ${failure}`
  return isOnItsWay(request) ? 'has no answer yet' : undefined
}

function noRequest(request: TracedRequest): string {
  const others = request.others().map(({ method, url }) => `  ${method} ${url}`)
  return [
    `There was no ${request.what}.`,
    others.length ? `The pages sent:\n${others.slice(-10).join('\n')}` : 'The pages sent no request.',
  ].join(' ')
}

function problemOfTraceparent(
  { headers: { traceparent } }: PageRequest,
  source: TracedRequest,
  of: TraceparentOptions['of'],
): string | undefined {
  if (traceparent === undefined) return 'carried no traceparent'
  const parsed = parseTraceparent(traceparent)
  if (!parsed) return `carried a traceparent that is none: ${shown(traceparent)}`
  if (!of) return undefined
  const traceIds = of.traceIds()
  if (!traceIds.includes(parsed.traceId)) {
    return `is in trace ${parsed.traceId}; the order is in ${traceIds.join(', ') || 'none yet'}`
  }
  const { traceId, spanId } = parsed
  if (source.spans({ traceId, spanId }).length === 0) return `names a parent that has not come: span ${spanId}`
  return undefined
}

function problemOfBaggage({ headers: { baggage } }: PageRequest, wanted: Record<string, string | RegExp>) {
  if (baggage === undefined) return 'carried no baggage'
  const entries = parseBaggage(baggage)
  const wrong = Object.entries(wanted).filter(([name, value]) =>
    value instanceof RegExp ? !new RegExp(value).test(entries[name] ?? '') : entries[name] !== value,
  )
  return wrong.length
    ? `carried baggage without ${wrong.map(([name, value]) => `${name}=${value}`).join(', ')}: ${baggage}`
    : undefined
}
