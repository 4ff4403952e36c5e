import type { PageRequest } from './page-requests'

/** What becomes of a request that a page itself gave up, or left behind: it may have reached its server before. */
const GIVEN_UP = /ERR_ABORTED|NS_BINDING_ABORTED|cancell?ed|^the page went first$/i

/** Whether a page gave up a request itself, or nothing is known of its end. */
export const isGivenUp = (failure: string | undefined): boolean => failure === undefined || GIVEN_UP.test(failure)

/** Why a request did not reach its server; undefined if it did, or may have. A preflight that the API refuses is the commonest. */
export function whyNotArrived({ status, failure }: PageRequest): string | undefined {
  return status === undefined && !isGivenUp(failure) ? failure : undefined
}

/** Whether it is still on its way, so that CORS may yet refuse it. */
export const isOnItsWay = ({ status, failure }: PageRequest): boolean => status === undefined && failure === undefined
