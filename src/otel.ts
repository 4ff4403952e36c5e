/** The one file that imports the OpenTelemetry SDK packages: moving to their next major version is a change here. */
import type { Attributes, Context, Tracer } from '@opentelemetry/api'
import { SDK_INFO } from '@opentelemetry/core'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type Span,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'

export type { ReadableSpan, Span as WritableSpan }

export const SDK_VERSION_NUMBER = SDK_INFO['telemetry.sdk.version']

const ATTRIBUTES_PER_SPAN = 128
const EVENTS_PER_SPAN = 32
const LINKS_PER_SPAN = 32

export interface TracerParts {
  name: string
  version: string
  resource: Attributes
  /** Where an attribute's text is cut before anyone looks at it. */
  attributeCharacters: number
  isSampled(context: Context): boolean
  onStart(span: Span, context: Context): void
  onEnd(span: ReadableSpan): void
}

export function createSdkTracer(parts: TracerParts): Tracer {
  const sampler: Sampler = {
    shouldSample: (context) => ({
      decision: parts.isSampled(context) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
  }
  const processor: SpanProcessor = {
    onStart: parts.onStart,
    onEnd: parts.onEnd,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  }
  return new TracerProvider({
    resource: resourceFromAttributes(parts.resource),
    sampler,
    spanProcessors: [processor],
    spanLimits: {
      attributeCountLimit: ATTRIBUTES_PER_SPAN,
      attributeValueLengthLimit: parts.attributeCharacters,
      eventCountLimit: EVENTS_PER_SPAN,
      linkCountLimit: LINKS_PER_SPAN,
    },
  }).getTracer(parts.name, parts.version)
}

/** The OTLP/JSON request that the standard exporter would make of these spans. */
export function serializeSpans(spans: readonly ReadableSpan[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(JsonTraceSerializer.serializeRequest([...spans]) ?? [])
}
