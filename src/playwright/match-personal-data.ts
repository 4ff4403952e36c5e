import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test'
import { leaksIn, leaksInTexts, type PersonalDataRules } from '../traces/personal-data'
import { spansThatLeft, type TraceSource, unreadable } from '../traces/trace-source'
import { ask, type MatcherOptions } from './ask'

/**
 * No e-mail address, query string, fragment, credentials, token, phone or card number in anything that came, nor in `baggage` and `tracestate`
 * of the pages' requests, nor what `also` names. At least one span has to come, and nothing that cannot be read.
 */
export function toHaveNoPersonalData(
  this: ExpectMatcherState,
  traces: TraceSource,
  { timeout, ...rules }: PersonalDataRules & MatcherOptions = {},
): Promise<MatcherReturnType> {
  const leaks = () => [...leaksIn(spansThatLeft(traces), rules), ...leaksInTexts(traces.sentTexts?.() ?? [], rules)]
  return ask(
    this,
    {
      name: 'toHaveNoPersonalData',
      asked: '',
      source: traces,
      nature: 'falling',
      judge() {
        const spans = spansThatLeft(traces)
        const problems = unreadable(traces)
        if (spans.length === 0 && problems.length === 0) return { state: 'unknown', explain: () => 'No span has come.' }
        const lines = leaks().map(
          ({ span, where, what, value }) =>
            `${span ? `${span.service}: ${span.name}: ` : ''}${what} in ${where}: ${value.slice(0, 200)}`,
        )
        return lines.length || problems.length
          ? { state: 'fails', explain: () => [...new Set([...lines, ...problems])].join('\n') }
          : { state: 'holds', explain: () => `Nothing in ${spans.length} spans looks like personal data.` }
      },
      concerns: () => leaks().flatMap(({ span }) => span?.traceId ?? []),
    },
    timeout === undefined ? {} : { timeout },
  )
}
