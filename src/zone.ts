/** The entry for pages that already run on zone.js (Angular): the same SDK, with OpenTelemetry's context manager for zones. */
import { ZoneContextManager } from '@opentelemetry/context-zone'
import { createZoneContinuity } from './continuity/zone-continuity'
import type { TracingOptions } from './options'
import { startWith } from './start/start'
import type { Tracing } from './tracing'

export type { Api, Redact, TracingOptions } from './options'
export type { Diagnostics, NoHeaderReason, Order, OrderOptions, Outcome, Tracing } from './tracing'

declare const Zone: { root: { run<T>(work: () => T): T } }

/** As `startTracing` of `ordertrace`, for a page that runs on zone.js: there the trace follows the zones. */
export function startTracing(options: TracingOptions): Tracing {
  // Our listeners run in the zone in which they are added.
  return Zone.root.run(() => startWith(options, () => createZoneContinuity(new ZoneContextManager().enable())))
}
