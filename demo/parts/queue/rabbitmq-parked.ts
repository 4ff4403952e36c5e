import type { ConfirmChannel, GetMessage } from 'amqplib'
import { mostParked, type ParkedMessage } from './queue'
import { assertQueues, openRabbitChannel, passOn, relatedQueues } from './rabbit-channel'
import { attemptHeader } from './rabbitmq-consumer'

interface Place {
  url: string
  queue: string
  retryDelays: readonly number[]
}

/** What is parked in the queue, the oldest first. */
export function listParked(place: Place): Promise<ParkedMessage[]> {
  return withParked(place, async (_channel, messages) => messages.map(describe))
}

/** Sends a parked message to its queue again, with none of its attempts counted. */
export function retryParked(place: Place, id: string): Promise<boolean> {
  return withParked(place, async (channel, messages) => {
    const message = messages.find(({ properties }) => properties.messageId === id)
    if (!message) return false
    const { [attemptHeader]: _attempt, 'x-reason': _reason, 'x-parked-at': _at, ...headers } = readHeaders(message)
    await passOn(channel, { queue: place.queue, content: message.content, options: { messageId: id, headers } })
    channel.ack(message)
    // The connection's end may overtake what its channel still has to say; the channel's own end does not.
    await channel.close()
    return true
  })
}

/** RabbitMQ lets nobody look: the messages are taken on a channel of our own, and come back when it closes. */
async function withParked<T>(
  { url, ...place }: Place,
  look: (channel: ConfirmChannel, messages: GetMessage[]) => Promise<T>,
): Promise<T> {
  const { channel, close } = await openRabbitChannel(url)
  try {
    await assertQueues(channel, place)
    const messages: GetMessage[] = []
    for (let left = mostParked; left > 0; left--) {
      const message = await channel.get(relatedQueues(place.queue).parked)
      if (!message) break
      messages.push(message)
    }
    return await look(channel, messages)
  } finally {
    await close()
  }
}

function describe(message: GetMessage): ParkedMessage {
  const headers = readHeaders(message)
  return {
    id: String(message.properties.messageId),
    body: parse(message.content.toString()),
    headers,
    reason: String(headers['x-reason'] ?? ''),
    // One that was parked before the time was noted tells none: it is the oldest.
    parkedAt: String(headers['x-parked-at'] ?? new Date(0).toISOString()),
  }
}

function readHeaders({ properties }: GetMessage): Record<string, string> {
  return (properties.headers ?? {}) as Record<string, string>
}

/** A body that is no JSON is what many a message is parked for. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
