import type { Judgement } from '../analyst/change'
import type { JaegerProblem } from '../jaeger/jaeger-error'
import type { Against, Period } from './address'

/** Every text of the page that the analysis' own words do not have. */
export interface Texts {
  title: string
  brand: string
  otherLanguage: string
  skip: string
  traces: string
  leave: string
  what: string
  period: string
  periods: Record<Period, string>
  ownPeriod: string
  against: string
  againsts: Record<Against, string>
  from: string
  to: string
  ownTimeWrong: string
  find: string
  findHint: string
  findButton: string
  show: string
  back: string
  ofUser(id: string): string
  allUsers: string
  copyLink: string
  copied: string
  /** Where a page may not write to the clipboard. */
  copyYourself: string
  download: string
  reading(percent: string, count: string): string
  readingBefore(percent: string): string
  stop: string
  stopped: string
  stoppedAtOnce: string
  goOn: string
  beforeStopped: string
  beforeFailed(why: string): string
  choicesFailed(why: string): string
  orders: string
  median: string
  p95: string
  failedShare: string
  abandonedShare: string
  slowShare: string
  lostCount: string
  before(value: string, difference: string): string
  judgements: Record<Judgement, string>
  points(number: string): string
  comparedWith(from: string, to: string): string
  slowerThan: string
  slowerThanUnit: string
  slowerThanHint: string
  distribution: string
  distributionAbout(p50: string, p95: string, p99: string): string
  trend: string
  trendAbout: string
  asTable: string
  count: string
  time: string
  duration: string
  outcome: string
  order: string
  user: string
  mostOf: string
  trace: string
  open: string
  close: string
  inJaeger: string
  place: string
  trait: string
  /** So many times as often among slow ones. */
  times: string
  cause: string
  more: string
  example: string
  reason: string
  stage: string
  share: string
  top: string
  anyOutcome: string
  noSuchOrder: string
  nothingInCommon: string
  affected: string
  affectedAbout: string
  nobodyAffected: string
  nothingWrong: string
  hopsAbout(slow: string, normal: string): string
  normalLegend: string
  slowLegend: string
  waterfall: string
  waterfallAbout: string
  traceGone: string
  traceNotInFile: string
  /** Of a line of the trace: for so long the end had to wait for it. */
  waitedFor(ms: string): string
  notWaitedFor: string
  life: string
  lifeOf(id: string): string
  loadingLife: string
  otherTraces(count: number): string
  steps: string
  /** The order's life as one line, with its verdict. */
  line: string
  empty: { title: string; text: string }
  problems: Record<JaegerProblem | 'other', { title: string; text: string }>
  again: string
  loading: string
  writtenAt(time: string): string
}
