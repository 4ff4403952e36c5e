import { type Context, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import { ERROR_TYPE, ORDER_SPAN_PREFIX } from '../attributes'
import type { Continuity } from '../continuity/continuity'
import { operationOf } from '../continuity/operation-context'
import type { Guard } from '../page/guard'
import { lookOn } from '../page/look-on'
import type { Report } from '../page/report'
import { spanOf, withSpan } from '../spans/span-context'
import { describeFailure } from './failure'
import { checkName } from './names'
import type { Operation } from './operation'

export interface StepParts {
  report: Report
  tracer: Tracer
  continuity: Continuity
  guard: Guard
}

export type RunStep = <T>(operation: Operation, name: string, fn: () => T) => T

/** Runs a named part of an operation in a span of its own, inside the step that is running, if one is. */
export function createStepRunner({ tracer, continuity, guard, report }: StepParts): RunStep {
  const start = (operation: Operation, name: string): Context => {
    const active = continuity.active()
    const parent = operationOf(active) === operation ? active : operation.context
    return withSpan(
      parent,
      tracer.startSpan(`${ORDER_SPAN_PREFIX}${operation.step}.${checkName(name, report)}`, {}, parent),
    )
  }
  return (operation, name, fn) => {
    const context = guard('step', () => start(operation, name))
    if (!context) return fn()
    const span = spanOf(context) as Span
    const end = (failure?: { error: unknown }) => void guard('step', () => endSpan(span, failure))
    return endWith(end, guard, () => continuity.run(context, fn))
  }
}

type End = (failure?: { error: unknown }) => void

/** What `run` returns or throws is the page's, unchanged. */
function endWith<T>(end: End, guard: Guard, run: () => T): T {
  try {
    const value = run()
    const isLater = guard('step', () =>
      lookOn(
        value,
        () => end(),
        (error) => end({ error }),
      ),
    )
    if (!isLater) end()
    return value
  } catch (error) {
    end({ error })
    throw error
  }
}

function endSpan(span: Span, failure: { error: unknown } | undefined): void {
  if (failure) {
    const { type, reason } = describeFailure(failure.error)
    span.setAttribute(ERROR_TYPE, type)
    span.setStatus({ code: SpanStatusCode.ERROR, message: reason })
  }
  span.end()
}
