import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DoorRefusal } from './door-refusal'
import type { DoorLimits } from './limits'
import type { Sender } from './senders'

/** How often one sender may come, so that he is no trouble to the others. */
export interface Rates {
  /** One more request. Throws a refusal when it is one too many. */
  request(sender: Sender): Promise<void>
  /** So many more spans: they would push those of others out of the store. */
  spans(sender: Sender, count: number): Promise<void>
}

/** Counts by address and, where somebody is logged in, by user; nothing of it is kept longer than the window. */
export function createRates({
  address,
  user,
  windowSeconds,
}: Pick<DoorLimits, 'address' | 'user' | 'windowSeconds'>): Rates {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds })
  const byAddress = { requests: limiter(address.requests), spans: limiter(address.spans) }
  const byUser = { requests: limiter(user.requests), spans: limiter(user.spans) }
  async function consume(what: 'requests' | 'spans', { client, service, login }: Sender, count: number): Promise<void> {
    try {
      await byAddress[what].consume(client, count)
      if (typeof login === 'object') await byUser[what].consume(`${service} ${login.userId}`, count)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new DoorRefusal(
        'too_many',
        `too many ${what} within ${windowSeconds} s`,
        Math.ceil(error.msBeforeNext / 1000),
      )
    }
  }
  return {
    request: (sender) => consume('requests', sender, 1),
    spans: (sender, count) => consume('spans', sender, count),
  }
}
