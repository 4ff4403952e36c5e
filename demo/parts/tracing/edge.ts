import { type Attributes, context, propagation, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { isId, type OrderIds } from '../orders/order-ids'

/** The span of the whole request, which is not the active one inside a handler. */
export function readServerSpan(): Span | undefined {
  return getRPCMetadata(context.active())?.span ?? trace.getActiveSpan()
}

/**
 * Runs `fn` with the ids known: on the request's span, on the active span, and in the baggage of all that follows.
 * Spans that have ended already get them when the request's span ends (see late-ids).
 */
export function withIds<T>(ids: OrderIds, fn: () => T): T {
  const valid = Object.entries(ids).filter(([, value]) => isId(value))
  const attributes: Attributes = Object.fromEntries(valid)
  readServerSpan()?.setAttributes(attributes)
  trace.getActiveSpan()?.setAttributes(attributes)
  let baggage = propagation.getActiveBaggage() ?? propagation.createBaggage()
  for (const [name, value] of valid) baggage = baggage.setEntry(name, { value })
  return context.with(propagation.setBaggage(context.active(), baggage), fn)
}

/** Makes the request's span an error, also for a 4xx that the conventions would leave unmarked on a server. */
export function failServerSpan(errorType: string, message: string): void {
  const span = readServerSpan()
  span?.setStatus({ code: SpanStatusCode.ERROR, message })
  span?.setAttribute('error.type', errorType)
}

/** Notes on the request's span that a header of the trace was not taken, so that a cut trace explains itself. */
export const noteIgnoredHeaders: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
  const { traceparent, baggage } = request.headers
  const span = readServerSpan()
  const note = (name: string, value: string | string[]) => {
    // The length and not the value: that is a stranger's, and may be anything.
    span?.addEvent('ignored header', { 'header.name': name, 'header.length': value.length })
  }
  if (traceparent && !String(traceparent).includes(`-${span?.spanContext().traceId}-`)) note('traceparent', traceparent)
  if (baggage && !propagation.getActiveBaggage()?.getAllEntries().length) note('baggage', baggage)
  next()
}

/** A request that breaks off ends its span before any handler hears of it, so its span is marked here, in time. */
export const noteAborts: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
  const fail = () => failServerSpan('client_gone', 'The client went away before its request was complete.')
  request.once('aborted', context.bind(context.active(), fail))
  next()
}
