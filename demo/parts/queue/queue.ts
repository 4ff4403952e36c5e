/** What a publisher hands over. */
export interface Message {
  /** Unique: a message that is published twice because the first answer got lost counts once where that can be seen. */
  id: string
  /** Anything that JSON can say. */
  body: unknown
}

/** What a consumer gets; `attempt` counts from 1. */
export interface Delivery extends Message {
  attempt: number
}

/** A message whose last attempt has failed. */
export interface ParkedMessage extends Message {
  /** Trace context and baggage of its publisher. */
  headers: Record<string, string>
  /** What the last attempt failed with. */
  reason: string
  /** ISO 8601. */
  parkedAt: string
}

/** How many parked messages are listed: a person looks at them one by one. */
export const mostParked = 100

/**
 * The message queue of the company. A message carries the active trace context and baggage; it stays until its handler has
 * resolved, comes again when the handler rejects or its process dies, and is parked, not lost, after the last attempt.
 */
export interface Queue {
  /** Resolves when the queue has the message for good. */
  publish(queue: string, message: Message): Promise<void>
  /** Handles the queue's messages one after the other, until `stop`. The handler runs in the consumer's span. */
  consume(queue: string, handle: (delivery: Delivery) => Promise<void>): Promise<void>
  /** What is parked in the queue, the oldest first; at most {@link mostParked}. */
  listParked(queue: string): Promise<ParkedMessage[]>
  /** Lets a parked message be attempted anew, in its own trace, from the first attempt on. Says whether it was there. */
  retryParked(queue: string, id: string): Promise<boolean>
  /** Lets the running handlers finish, then closes the connections. */
  stop(): Promise<void>
}

export interface QueueOptions {
  /** Pauses before the second attempt, the third and so on, ms. After the last one the message is parked. */
  retryDelays?: readonly number[]
  /** Put before the names of the queues, so that two systems can share a server. */
  prefix?: string
}

/** Half a minute in all: long enough for a database to restart, short enough that somebody notices a poisoned message. */
export const standardRetryDelays = [200, 1000, 5000, 25_000] as const
