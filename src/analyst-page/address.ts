import { type ListedOutcome, listedOutcomes } from '../analyst/report'

/** What is looked at, as the page's address says it: a view can be sent to a colleague. */
export interface View {
  service: string
  step: string
  /** `1h`, `24h`, `7d`, `30d`, counted back from now; unless `from` and `to` say it, ms since 1970. */
  period: Period
  from: number | undefined
  to: number | undefined
  /** The time to compare with: the one of the same length before it, or the same a week earlier. */
  against: Against
  userId: string
  /** What counts as slow, ms; `undefined` for twice the median. */
  slowerThan: number | undefined
  /** An order whose life is shown. */
  orderId: string
  /** A trace that is open. */
  traceId: string
  /** Of which the slowest are listed, and how many. */
  outcome: ListedOutcome
  top: number
}

export const periods = { '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 }

export type Period = keyof typeof periods

export type Against = 'before' | 'week'

const WEEK_MS = periods['7d']

export const tops = [20, 50, 100, 500]
/** More than these no browser draws in a moment. */
const MOST_LISTED = 1000

export const standardView: View = {
  service: 'internet-shop',
  step: 'submit',
  period: '24h',
  from: undefined,
  to: undefined,
  against: 'before',
  userId: '',
  slowerThan: undefined,
  orderId: '',
  traceId: '',
  outcome: 'confirmed',
  top: 20,
}

/** Reads the view out of an address; what is missing or makes no sense is as usual. */
export function readView(search: string): View {
  const given = new URLSearchParams(search)
  const text = (name: string, standard: string) => given.get(name)?.slice(0, 200) || standard
  const time = (name: string) => {
    const ms = Date.parse(given.get(name) ?? '')
    return Number.isNaN(ms) ? undefined : ms
  }
  const period = text('period', standardView.period)
  const slower = Number(given.get('slower') ?? '')
  const top = Number(given.get('top') ?? '')
  const [from, to] = [time('from'), time('to')]
  const isTime = from !== undefined && to !== undefined && from < to
  return {
    service: text('service', standardView.service),
    step: text('step', standardView.step),
    period: Object.hasOwn(periods, period) ? (period as Period) : standardView.period,
    from: isTime ? from : undefined,
    to: isTime ? to : undefined,
    against: given.get('against') === 'week' ? 'week' : 'before',
    userId: text('user', ''),
    slowerThan: slower > 0 ? slower : undefined,
    orderId: text('order', ''),
    traceId: /^[0-9a-f]{1,32}$/i.test(text('trace', '')) ? text('trace', '') : '',
    outcome: listedOutcomes.find((outcome) => outcome === given.get('outcome')) ?? standardView.outcome,
    top: Number.isInteger(top) && top > 0 && top <= MOST_LISTED ? top : standardView.top,
  }
}

/** The address's query of a view, without what is as usual. */
export function writeView(view: View): string {
  const all: Record<string, string | undefined> = {
    service: view.service === standardView.service ? undefined : view.service,
    step: view.step === standardView.step ? undefined : view.step,
    period: view.period === standardView.period || view.from !== undefined ? undefined : view.period,
    from: view.from === undefined ? undefined : new Date(view.from).toISOString(),
    to: view.to === undefined ? undefined : new Date(view.to).toISOString(),
    against: view.against === standardView.against ? undefined : view.against,
    user: view.userId || undefined,
    slower: view.slowerThan === undefined ? undefined : String(Math.round(view.slowerThan)),
    order: view.orderId || undefined,
    trace: view.traceId || undefined,
    outcome: view.outcome === standardView.outcome ? undefined : view.outcome,
    top: view.top === standardView.top ? undefined : String(view.top),
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const query = new URLSearchParams(given).toString()
  return query ? `?${query}` : ''
}

/** The time that a view is about, ms since 1970. */
export function timeOf({ from, to, period }: View, now: number): { from: number; to: number } {
  return from !== undefined && to !== undefined ? { from, to } : { from: now - periods[period], to: now }
}

/** Whether a week earlier is another time than the one before: a time of a week or more would overlap itself. */
export function canBeAWeekEarlier(time: { from: number; to: number }): boolean {
  return time.to - time.from < WEEK_MS
}

/** When the time to compare with begins; it is as long. */
export function startOfOther({ against }: Pick<View, 'against'>, time: { from: number; to: number }): number {
  return against === 'week' && canBeAWeekEarlier(time) ? time.from - WEEK_MS : 2 * time.from - time.to
}
