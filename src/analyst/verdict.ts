import type { LifeHop } from './life-hops'
import type { LifeStep } from './life-step'

/**
 * What became of an order:
 * - `unknown`: no trace names it
 * - `untold`: traces name it, and none of them is a step of it
 * - `repeated`: something failed on the way, and another attempt made it good
 */
export type VerdictKind =
  | 'unknown'
  | 'untold'
  | 'failed'
  | 'abandoned'
  | 'lost'
  | 'waiting'
  | 'slow'
  | 'repeated'
  | 'good'

export interface Verdict {
  kind: VerdictKind
  /** The step that it speaks of, and the first part of its way that broke or was slow. */
  step?: LifeStep
  hop?: LifeHop
  /** How many traces name the order, where none is a step of it. */
  traces?: number
}

/** Steps that look at an order and change nothing of it: they make nothing good. */
const LOOKS = new Set(['model'])

/** The first that broke and was not made good later; else what is not there yet; else the slowest. */
export function judgeLife(steps: readonly LifeStep[], otherTraces: number): Verdict {
  if (steps.length === 0) return otherTraces === 0 ? { kind: 'unknown' } : { kind: 'untold', traces: otherTraces }
  let waiting: Verdict | undefined
  for (const [index, step] of steps.entries()) {
    const later = steps.slice(index + 1)
    const undelivered = step.hops.filter((hop) => isMessage(hop) && !isDelivered(hop, later))
    // A message tells of what was saved: whatever the page said, the step went on.
    const lost = undelivered.find(({ state }) => state === 'failed')
    if (lost) return { kind: 'lost', step, hop: lost }
    if (step.state === 'failed' && !isMadeGood(step, later)) return describeFailed(step)
    const hop = undelivered.find(({ state }) => state === 'waiting')
    if (hop) waiting ??= { kind: 'waiting', step, hop }
  }
  return waiting ?? findRepeated(steps) ?? findSlowest(steps) ?? good(steps)
}

function describeFailed(step: LifeStep): Verdict {
  const hop = step.hops.find((found) => found.state === 'failed' && !isMessage(found))
  return { kind: step.outcome === 'abandoned' ? 'abandoned' : 'failed', step, ...(hop && { hop }) }
}

/** An order goes its way step by step, so one that took a later step took this one, and what sent a message was saved. */
function isMadeGood(step: LifeStep, later: readonly LifeStep[]): boolean {
  const isFurther = (other: LifeStep) =>
    other.outcome === 'confirmed' && (!LOOKS.has(other.step) || other.step === step.step)
  return later.some(isFurther) || step.hops.some(isMessage)
}

function isMessage({ destination }: LifeHop): boolean {
  return destination !== undefined
}

/** Each message holds the whole order: a later one to the same place makes good for one that was lost. */
function isDelivered({ destination }: LifeHop, later: readonly LifeStep[]): boolean {
  const hops = later.flatMap((step) => step.hops)
  return hops.some((hop) => hop.destination === destination && (hop.state === 'good' || hop.state === 'slow'))
}

function findRepeated(steps: readonly LifeStep[]): Verdict | undefined {
  for (const step of steps) {
    const hop = step.hops.find(({ isRepeated }) => isRepeated)
    if (hop) return { kind: 'repeated', step, hop }
  }
  return undefined
}

function findSlowest(steps: readonly LifeStep[]): Verdict | undefined {
  const slow = steps.flatMap((step) => step.hops.filter(({ state }) => state === 'slow').map((hop) => ({ step, hop })))
  const [slowest] = slow.sort((a, b) => b.hop.ms - a.hop.ms)
  return slowest && { kind: 'slow', ...slowest }
}

function good(steps: readonly LifeStep[]): Verdict {
  const step = steps.at(-1)
  return { kind: 'good', ...(step && { step }) }
}
