import type { Intake } from '../collector/intake'

/** Stands where the pages’ collector is, for one worker, and gives what comes to the test whose page sent it. */
export interface Receiver {
  /** Which test runs from now on; undefined: none, between two tests. What pages of earlier ones send is answered, and nobody’s. */
  receiveInto(intake: Intake | undefined): void
  stop(): Promise<void>
}

export interface ReceiverOptions {
  collector: string | readonly string[]
  /** Whether the page's own collector gets what came too, and its answer goes to the page. */
  passOn: boolean
}
