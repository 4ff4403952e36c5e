import { ConfigError, type Environment } from './read-setting'

/** `QUEUE_PREFIX`, or nothing when it is not set. */
export function readQueuePrefix({ QUEUE_PREFIX: prefix }: Environment): string | undefined {
  if (!prefix || /^[A-Za-z0-9._-]{1,64}$/.test(prefix)) return prefix || undefined
  throw new ConfigError(`QUEUE_PREFIX must be up to 64 letters, digits, ".", "_" and "-", but it is "${prefix}".`)
}

/** `QUEUE_RETRY_DELAYS` as numbers, or nothing when it is not set. */
export function readRetryDelays({ QUEUE_RETRY_DELAYS: text }: Environment): number[] | undefined {
  if (!text) return undefined
  if (/^\d{1,7}(,\d{1,7}){0,9}$/.test(text)) return text.split(',').map(Number)
  throw new ConfigError(`QUEUE_RETRY_DELAYS must be up to ten whole numbers with commas between, but it is "${text}".`)
}
