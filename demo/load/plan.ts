import type { FaultName } from '../faults/faults'
import { wholeWay } from '../walk/presses'

/** What becomes of one order of the load. */
export interface PlannedOrder {
  /** A device that computes and loads slowly. */
  isSlowBrowser: boolean
  /** The customer closes the page while his order is under way. */
  isAbandoned: boolean
  /** How many steps of {@link wholeWay} follow the submission. */
  steps: number
}

/** Something breaks while these orders are submitted. */
export interface Incident {
  fault: FaultName
  /** The first order that meets it, and the first that does not any more, as shares of all. */
  from: number
  to: number
}

/** In the order of the flows; between them all is well, so that there is something to compare with. */
const incidents: readonly Incident[] = [
  { fault: 'shop-db-lock', from: 0.15, to: 0.25 },
  { fault: 'files-slow', from: 0.32, to: 0.4 },
  { fault: 'shop-db-refuses', from: 0.46, to: 0.51 },
  { fault: 'files-refuse', from: 0.56, to: 0.6 },
  { fault: 'mes-db-lock', from: 0.64, to: 0.74 },
  { fault: 'queue-slow', from: 0.78, to: 0.86 },
  { fault: 'queue-loses', from: 0.9, to: 0.95 },
]

/** The faults that are on while the order with this number, from 0, is submitted. */
export function faultsDuring(index: number, count: number): FaultName[] {
  return incidents
    .filter(({ from, to }) => index >= Math.floor(from * count) && index < Math.ceil(to * count))
    .map(({ fault }) => fault)
}

/** Orders that follow each other, up to the one before `until`, while the same is broken. */
export interface Stretch {
  from: number
  until: number
  broken: FaultName[]
}

/** So many orders, cut where something breaks or is mended. */
export function listStretches(count: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let index = 0; index < count; index++) {
    const broken = faultsDuring(index, count)
    const last = stretches.at(-1)
    if (last && String(last.broken) === String(broken)) last.until = index + 1
    else stretches.push({ from: index, until: index + 1, broken })
  }
  return stretches
}

/** The same plan each time, so that two runs can be compared: every tenth customer has a slow device, every twelfth goes away. */
export function planOrder(index: number): PlannedOrder {
  return {
    isSlowBrowser: index % 10 === 3,
    isAbandoned: index % 12 === 7,
    // One in three goes all the way, the others are somewhere on it.
    steps: index % 3 === 0 ? wholeWay.length : index % wholeWay.length,
  }
}
