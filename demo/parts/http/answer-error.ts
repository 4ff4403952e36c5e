import type { ErrorRequestHandler } from 'express'
import { failServerSpan } from '../tracing/edge'
import { answerUnread } from './discard-body'
import { createNotFound, Refusal } from './refusal'

/** Answers what went wrong in one form, and makes the request's span an error with our code as its type. */
export const answerError: ErrorRequestHandler = (thrown: unknown, request, response, _next) => {
  const error = toRefusal(thrown)
  if (error.status >= 500) console.error(thrown)
  failServerSpan(error.code, describeCause(error.cause ?? thrown))
  // A download that fails half-way can only be cut: its status has been sent.
  if (response.headersSent || response.destroyed) return void response.destroy()
  answerUnread(request, response, () => {
    response.status(error.status).json({ error: { code: error.code, message: error.message } })
  })
}

/** For the people who read the trace; the client is told less. */
function describeCause(thrown: unknown): string {
  if (thrown instanceof Refusal) return thrown.message
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown error'
}

function toRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  // The client left in the middle of a download: nothing of ours is broken.
  if ((thrown as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return clientGone(thrown)
  // Express throws a URIError for a path such as /api/orders/%ff.
  if (thrown instanceof URIError) return createNotFound()
  const message = 'Something went wrong on our side: try again, and contact support if it happens once more.'
  return new Refusal('internal', [500, message])
}

function clientGone(cause: unknown): Refusal {
  return new Refusal('client_gone', [400, 'The client went away before it had the whole answer.'], { cause })
}
