import type { FigureName } from './before'
import type { CauseKind } from './causes'
import type { Judgement } from './change'
import type { Outcome } from './checkout'
import type { HopKind } from './hop'
import type { HopState } from './life-hops'
import type { VerdictKind } from './verdict'

export type Language = 'ru' | 'en'

/** How people call what the analysis finds. */
export interface Words {
  locale: string
  hops: Record<HopKind, (name: string) => string>
  device: string
  nowhere: string
  causes: Record<CauseKind, (place: string) => string>
  outcomes: Record<Outcome, string>
  steps: Readonly<Record<string, string>>
  /** How far orders came, and how they ended. */
  stages: Record<'started' | 'submitted' | 'confirmed' | 'arrived' | 'failed' | 'abandoned' | 'open' | 'lost', string>
  /** What orders may have in common; others keep their attribute's name. */
  traits: Readonly<Record<string, string>>
  /** Of the place that took longest. */
  mostTimeIn: string
  states: Record<HopState, string>
  /** What failed and was made good by another attempt. */
  repeated: string
  attempts(count: number): string
  titles: Record<
    | 'howLong'
    | 'howItEnded'
    | 'whereTimeGoes'
    | 'whatWentWrong'
    | 'inCommon'
    | 'slowest'
    | 'longest'
    | 'normal'
    | 'slow'
    | 'difference'
    | 'compared'
    | 'now'
    | 'before',
    string
  >
  /** What is compared with the time before, and what there is to say of it. */
  figures: Record<FigureName, string>
  judgements: Record<Judgement, string>
  slowMeans(threshold: string, count: number): string
  /** What was read: all of the time, or a part. */
  completeness: {
    none: string
    all(count: number): string
    part(count: number, since: string): string
    crowded(times: number): string
    unreadable(traces: number): string
  }
  notAllTraces: string
  verdicts: Record<VerdictKind, (said: SaidOfVerdict) => string>
  /** Who is at the other end of a queue or behind a service, as people call it; others keep their name. */
  names: Readonly<Record<string, string>>
}

/** What a verdict may speak of, each in words already. */
export interface SaidOfVerdict {
  step: string
  place: string
  /** Who should have had the message. */
  receiver: string
  reason: string
  duration: string
  traces: number
}
