import { type Span, SpanStatusCode } from '@opentelemetry/api'

/** Ends the span when `fn` has run; what `fn` throws is the span's error, and still thrown. */
export async function endAfter<T>(span: Span, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error))
    span.setStatus({ code: SpanStatusCode.ERROR, message: reason.message })
    span.setAttribute('error.type', (reason as NodeJS.ErrnoException).code ?? reason.name)
    throw error
  } finally {
    span.end()
  }
}
