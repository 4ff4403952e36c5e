// Loaded with `node --import` before a service, so that every package it instruments is imported after it.
import { register } from 'node:module'
import type { Span } from '@opentelemetry/api'
import { BaggageSpanProcessor } from '@opentelemetry/baggage-span-processor'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib'
import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk'
import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { isIdName } from '../orders/order-ids'
import { onShutdown, stage } from '../process/shutdown'
import { EdgeBaggagePropagator } from './edge-propagator'
import { LateIdsProcessor } from './late-ids'
import { createPeerNames } from './peer-service'

/** Short, so that a person who submits an order sees its trace at once; a real service would wait some seconds. */
const exportDelay = 300

// The modules of the instrumentations below; wrapping every module would double the time of the start.
const packages = ['express', 'pg', 'pg-pool', 'amqplib', '@aws-sdk/client-s3', '@smithy/middleware-stack']
const instrumented = ['http', 'https', ...packages]
register('import-in-the-middle/hook.mjs', import.meta.url, {
  data: { include: [...instrumented, ...instrumented.map((name) => `node:${name}`)] },
})

const provider = new NodeTracerProvider({
  // service.name and the rest: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
  resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME ?? 'unknown_service' }),
  spanProcessors: [new BaggageSpanProcessor(isIdName), new LateIdsProcessor(createBatches())],
})
provider.register({
  propagator: new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new EdgeBaggagePropagator(new W3CBaggagePropagator())],
  }),
})

const findPeer = createPeerNames(process.env)
registerInstrumentations({
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => request.url === '/health',
      // Not a request of an order: what the S3 client sends is in a span of the AWS instrumentation already.
      requireParentforOutgoingSpans: true,
    }),
    // One span per middleware says nothing about an order; the route is on the server span.
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    new PgInstrumentation({
      requireParentSpan: true,
      ignoreConnectSpans: true,
      requestHook: (span, { connection }) => {
        span.setAttribute('peer.service', findPeer(connection) ?? 'postgresql')
      },
    }),
    // Named as those of the queue in PostgreSQL; the default exchange has the name of no queue.
    new AmqplibInstrumentation({
      publishHook: (span, { routingKey }) => nameQueueSpan(span, 'publish', routingKey),
      consumeHook: (span, { msg }) => nameQueueSpan(span, 'process', msg.fields.routingKey),
    }),
    new AwsInstrumentation({
      suppressInternalInstrumentation: true,
      preRequestHook: (span) => span.setAttribute('peer.service', '3d-files'),
    }),
  ],
})
onShutdown(stage.telemetry, () => provider.shutdown())

function nameQueueSpan(span: Span, verb: 'publish' | 'process', queue: string): void {
  span.updateName(`${verb} ${queue}`)
  span.setAttributes({ 'peer.service': 'queue', 'messaging.destination.name': queue })
}

/** Sends in batches to OTEL_EXPORTER_OTLP_ENDPOINT; a collector that is down costs spans, never a request. */
function createBatches(): BatchSpanProcessor {
  return new BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: 3000 }), {
    scheduledDelayMillis: exportDelay,
    exportTimeoutMillis: 3000,
  })
}
