import { type Context, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { ERROR_TYPE, ORDER_SPAN_PREFIX } from '../attributes'
import type { Continuity } from '../continuity/continuity'
import { operationOf } from '../continuity/operation-context'
import type { Guard } from '../page/guard'
import { describeFailure } from './failure'
import type { Operation } from './operation'

export type RunStep = <T>(operation: Operation, name: string, fn: () => T) => T

/** Runs a named part of an operation in a span of its own, inside the step that is running, if one is. */
export function createStepRunner(tracer: Tracer, continuity: Continuity, guard: Guard): RunStep {
  const start = (operation: Operation, name: string): Context => {
    const active = continuity.active()
    const parent = operationOf(active) === operation ? active : operation.context
    return trace.setSpan(parent, tracer.startSpan(`${ORDER_SPAN_PREFIX}${operation.step}.${name}`, {}, parent))
  }
  return (operation, name, fn) => {
    const context = guard('step', () => start(operation, name))
    if (!context) return fn()
    return endWith(trace.getSpan(context) as Span, () => continuity.run(context, fn))
  }
}

function endWith<T>(span: Span, run: () => T): T {
  try {
    const value = run()
    if (value instanceof Promise) return endWhenSettled(span, value) as T
    span.end()
    return value
  } catch (error) {
    endFailed(span, error)
    throw error
  }
}

function endWhenSettled<T>(span: Span, value: Promise<T>): Promise<T> {
  return value.then(
    (result) => {
      span.end()
      return result
    },
    (error) => {
      endFailed(span, error)
      throw error
    },
  )
}

function endFailed(span: Span, error: unknown): void {
  const { type, reason } = describeFailure(error)
  span.setAttribute(ERROR_TYPE, type)
  span.setStatus({ code: SpanStatusCode.ERROR, message: reason })
  span.end()
}
