import { askByFetch, askByXhr, failToFetch, fetchInTurn } from './day-requests'
import { listen, observe, throwAway, wait } from './day-tasks'
import { settle, store, surface } from './day-values'

/**
 * What pages do every day, part by part. Each runs in the page, where nothing outside itself is known to it, and returns all that the page saw:
 * values, the order of events, errors and whether they are the very ones that were thrown.
 */
const PARTS = [askByFetch, failToFetch, fetchInTurn, askByXhr, wait, listen, throwAway, observe, settle, surface, store]

/** Stands in place of what a part saw. */
export const PART_FAILED = 'part failed:'

/**
 * The text of a function that lives through an ordinary day of a page.
 * @param other the other origin
 */
export const ordinaryDay = (other: string): string => `async () => {
  const seen = {}
  for (const part of [${PARTS.join()}])
    seen[part.name] = await Promise.resolve(${JSON.stringify(other)}).then(part).catch((error) => '${PART_FAILED} ' + error)
  return seen
}`
