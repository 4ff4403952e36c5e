import { listedOutcomes } from '../analyst/report'
import { readCount, readLength, readMoment } from './read-time'
import { UsageError } from './usage-error'

/** The arguments of `ordertrace slow` as they were written. */
export type SlowArguments = Partial<
  Record<
    | 'service'
    | 'step'
    | 'since'
    | 'until'
    | 'user'
    | 'order'
    | 'slower-than'
    | 'compare'
    | 'top'
    | 'outcome'
    | 'limit'
    | 'lang'
    | 'separator'
    | 'html'
    | 'timeout',
    string
  > &
    Record<'json' | 'csv', boolean>
>

/** Which options say nothing beside which: whoever gave both would believe an answer that was given to something else. */
const UNHEEDED: readonly [keyof SlowArguments, readonly (keyof SlowArguments)[]][] = [
  [
    'order',
    ['service', 'step', 'user', 'slower-than', 'compare', 'top', 'outcome', 'limit', 'csv', 'separator', 'html'],
  ],
  ['csv', ['json']],
]
const OF_THE_REPORT = ['slower-than', 'compare', 'top', 'outcome'] as const

/** @throws UsageError for an option that would not be heeded */
export function refuseUnheeded(given: SlowArguments): void {
  const refuse = (option: string, beside: string) => {
    throw new UsageError(`--${option} says nothing beside --${beside}: leave one of them out.`)
  }
  for (const [option, others] of UNHEEDED)
    for (const other of others) if (isGiven(given, option) && isGiven(given, other)) refuse(other, option)
  const isOrdersAlone = given.csv && !isGiven(given, 'html')
  for (const option of OF_THE_REPORT) if (isOrdersAlone && isGiven(given, option)) refuse(option, 'csv')
  if (isGiven(given, 'separator') && !given.csv)
    throw new UsageError('--separator is one of --csv, which is not given.')
}

function isGiven(given: SlowArguments, option: keyof SlowArguments): boolean {
  return given[option] !== undefined
}

/** What the arguments say, checked. */
export function readSettings(given: SlowArguments) {
  const { service = 'internet-shop', step = 'submit', since = given.order === undefined ? '24h' : '90d' } = given
  const now = Date.now()
  const from = readMoment('since', since, now)
  const to = given.until === undefined ? now : readMoment('until', given.until, now)
  if (from >= to) throw new UsageError('--since has to be before --until.')
  if (given.order === '') throw new UsageError('--order wants the number of an order.')
  const { 'slower-than': slower, top, timeout } = given
  return {
    which: { service, step, from, to, userId: given.user },
    language: readChoice('lang', given.lang ?? 'en', ['en', 'ru'] as const),
    slowerThan: slower === undefined ? undefined : readLength('slower-than', slower),
    compare:
      given.compare === undefined ? undefined : readChoice('compare', given.compare, ['before', 'week'] as const),
    top: top === undefined ? undefined : readCount('top', top),
    outcome: readChoice('outcome', given.outcome ?? 'confirmed', listedOutcomes),
    most: readCount('limit', given.limit ?? '50000'),
    separator: readChoice('separator', given.separator ?? ',', [',', ';'] as const),
    timeoutMs: timeout === undefined ? undefined : readLength('timeout', timeout),
  }
}

function readChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text)
  if (found === undefined)
    throw new UsageError(`--${option} is ${choices.join(' or ')}, and "${text}" is none of them.`)
  return found
}
