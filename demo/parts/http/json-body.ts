import express, { type RequestHandler } from 'express'
import { Refusal } from './refusal'

/**
 * Reads a body of JSON. What the parser says of one that is broken quotes it, and the instrumentation writes down what a
 * handler throws: from here on there is a refusal of our own instead, for the body may hold a password.
 */
export function readJson({ limit }: { limit: string }): RequestHandler {
  const parse = express.json({ limit })
  return (request, response, next) => {
    parse(request, response, (thrown?: unknown) => next(isBodyError(thrown) ? toRefusal(thrown) : thrown))
  }
}

/** A body that is not taken: too large, not JSON, a foreign encoding. */
function isBodyError(thrown: unknown): thrown is { status: number } {
  const { status, type } = (thrown ?? {}) as { status?: unknown; type?: unknown }
  return typeof type === 'string' && typeof status === 'number' && status >= 400 && status < 500
}

function toRefusal({ status }: { status: number }): Refusal {
  return new Refusal('malformed_body', [status, 'The body is no JSON that fits here.'])
}
