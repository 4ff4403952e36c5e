import { JaegerError } from './jaeger-error'

/** An answer with JSON in it, whatever its status. */
export interface JsonAnswer {
  status: number
  /** `undefined` where the body is no JSON: then it does not come from the query API. */
  body: unknown
}

export interface AskOptions {
  fetch: typeof globalThis.fetch
  headers: Readonly<Record<string, string>>
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/**
 * Asks for JSON.
 * @throws the signal's reason when it is aborted; JaegerError when nothing answers, or nothing in time.
 */
export async function ask(url: string, { fetch, headers, timeoutMs, signal }: AskOptions): Promise<JsonAnswer> {
  signal?.throwIfAborted()
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json', ...headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    return { status: response.status, body: readJson(await response.text()) }
  } catch (error) {
    signal?.throwIfAborted()
    const { origin } = new URL(url)
    if (timeout.aborted)
      throw new JaegerError(
        'timeout',
        `${origin} did not answer within ${timeoutMs / 1000} s: ask for a shorter time, or allow it longer.`,
      )
    throw new JaegerError('unreachable', `${origin} does not answer (${causeOf(error)}): is Jaeger's query API there?`)
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Node says "fetch failed" and keeps what happened in the cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { code, message } = cause as { code?: string; message?: string }
  return code ?? message ?? String(cause)
}
