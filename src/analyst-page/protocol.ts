import type { AffectedUser } from '../analyst/affected'
import type { BeforeFigures } from '../analyst/before'
import type { Checkout } from '../analyst/checkout'
import type { OrderLife } from '../analyst/order-life'
import type { WhichCheckouts } from '../analyst/read-checkouts'
import type { ListedOutcome, Report } from '../analyst/report'
import type { Waterfall } from '../analyst/waterfall'
import type { JaegerProblem } from '../jaeger/jaeger-error'
import type { Completeness } from '../jaeger/read-in-slices'
import type { Against } from './address'

/** What the page asks of its worker, which reads and computes so that the page stays fluid. */
export type Question =
  | { kind: 'open'; jaeger: string }
  /** An {@link EmbeddedReport} as JSON: all orders of a long time, which only the worker takes apart. */
  | { kind: 'load'; json: string }
  | { kind: 'choices' }
  /** `before`: from when on a time of the same length is read after it, to compare with, ms since 1970. */
  | { kind: 'read'; which: WhichCheckouts; before: number }
  /** What is missing of what was read last: after a failure, or after `stop`. */
  | { kind: 'go-on' }
  /** Of what has been read, without reading again. */
  | ({ kind: 'report' } & Shown)
  | { kind: 'stop' }
  | { kind: 'csv' }
  /** Of the last months, and of an earlier time that is looked at. */
  | { kind: 'life'; orderId: string; from: number | undefined }
  | { kind: 'trace'; traceId: string }

/** What counts as slow, ms, and which of the slowest are listed. */
export interface Shown {
  slowerThan: number | undefined
  top: number
  outcome: ListedOutcome
}

/** Each question has a number, greater than that of any before; its answers carry it, so that a late one is known as such. */
export type Numbered<T> = T & { id: number }

/** A UI and its steps, as far as Jaeger knows. */
export interface Choice {
  service: string
  step: string
}

/** Which of the two times is read: the one that is looked at, and then the one to compare with. */
export type Part = 'now' | 'before'

/** Why there is no (more) answer. */
export interface Failure {
  problem: JaegerProblem | 'other'
  message: string
}

export type Answer =
  | { kind: 'opened'; about: Pick<EmbeddedReport, 'which' | 'jaeger'> & { against: Against | undefined } }
  | { kind: 'choices'; choices: Choice[] }
  | { kind: 'progress'; part: Part; done: number; count: number }
  | {
      kind: 'report'
      report: Report
      before: BeforeFigures | undefined
      affected: AffectedUser[]
      which: WhichCheckouts
      completeness: Completeness
      count: number
    }
  /** The reading has come to its end, and nothing more of it comes. */
  | { kind: 'end'; part: Part; how: 'whole' | 'stopped' }
  | { kind: 'end'; part: Part; how: 'failed'; failure: Failure }
  | { kind: 'csv'; text: string }
  | { kind: 'life'; life: OrderLife; isWhole: boolean }
  | { kind: 'trace'; traceId: string; waterfall: Waterfall | undefined }
  | { kind: 'problem'; of: Question['kind']; failure: Failure; traceId?: string }

/** The orders of a time, as far as they were read. */
export interface EmbeddedTime {
  which: WhichCheckouts
  checkouts: readonly Checkout[]
  completeness: Completeness
}

/** What `slow --html` puts into its file. */
export interface EmbeddedReport extends EmbeddedTime {
  slowerThan: number | undefined
  /** What it is compared with; absent for nothing. */
  before?: EmbeddedTime & { against: Against }
  language: 'ru' | 'en'
  waterfalls: readonly Waterfall[]
  /** Where the traces are, for links; empty for none. */
  jaeger: string
}
