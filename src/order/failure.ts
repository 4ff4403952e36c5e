/** Why an operation failed, as its span says it. */
export interface Failure {
  /** `error.type`: few different values, to group by. */
  type: string
  /** `order.reason` and the span's status message: for a person. */
  reason: string
}

const UNKNOWN = '_OTHER'
const FEW_DIFFERENT = /^[\w.:-]{1,64}$/

/** @param reason whatever the page threw or gave: an error, a word, nothing, an object whose getters throw */
export function describeFailure(reason: unknown): Failure {
  try {
    return readFailure(reason)
  } catch {
    return { type: UNKNOWN, reason: UNKNOWN }
  }
}

function readFailure(reason: unknown): Failure {
  if (typeof reason === 'string') {
    return { type: FEW_DIFFERENT.test(reason) ? reason : UNKNOWN, reason: reason || UNKNOWN }
  }
  if (typeof reason !== 'object' || reason === null) return { type: UNKNOWN, reason: String(reason ?? UNKNOWN) }
  const { name, message } = reason as { name?: unknown; message?: unknown }
  const type = typeof name === 'string' && name ? name : UNKNOWN
  return { type, reason: typeof message === 'string' && message ? message : type }
}
