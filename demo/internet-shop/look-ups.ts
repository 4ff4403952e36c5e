import { RateLimiterMemory } from 'rate-limiter-flexible'

export interface LookUpLimits {
  /** New sessions that one address may have looked up within {@link windowSeconds}: an office has one address for many. */
  ofAddress: number
  windowSeconds: number
  /** Look-ups at once, of all together. */
  atOnce: number
}

export const lookUpLimits: LookUpLimits = { ofAddress: 60, windowSeconds: 10, atOnce: 32 }

/** Lets a look-up run if neither its address nor all together have had too many. Rejects at once if they have: then nobody waits. */
export type LookUp = <Found>(client: string, find: () => Promise<Found>) => Promise<Found>

/** Each look-up is a question to the database, and whoever makes up sessions could ask without end. */
export function createLookUp({ ofAddress, windowSeconds, atOnce }: LookUpLimits): LookUp {
  const byAddress = new RateLimiterMemory({ points: ofAddress, duration: windowSeconds })
  let running = 0
  return async (client, find) => {
    await byAddress.consume(client).catch(() => {
      throw new Error('this address has had too many sessions looked up')
    })
    if (running >= atOnce) throw new Error('too many sessions are being looked up')
    running++
    try {
      return await find()
    } finally {
      running--
    }
  }
}
