/** The entry of the script tag: its `data-*` attributes are the options, the global `ordertrace` is the tracing. */
import type { EarlyOrder, ReplayedOrderOptions, Stub } from './early-calls'
import type { Api, TracingOptions } from './options'
import { startTracing } from './start/start'
import type { Tracing } from './tracing'

type Global = Partial<Tracing> & { startTracing: typeof startTracing }

const page = window as { ordertrace?: unknown }
const stub = page.ordertrace as Partial<Stub> | undefined
const script = document.currentScript

/** `data-apis="/api/ https://api.shop.example"`: entries between spaces or commas. */
const list = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '')

/** Options that are taken as they stand there. */
const TEXTS = [
  'collector',
  'collectorCredentials',
  'unanswered',
  'userId',
  'consent',
  'version',
  'environment',
] as const

function readOptions(data: DOMStringMap): TracingOptions {
  const withBaggage = list(data.baggage)
  const apis: Api[] = [
    ...list(data.apis).filter((url) => !withBaggage.includes(url)),
    ...withBaggage.map((url) => ({ url, baggage: true })),
  ]
  return {
    service: data.service ?? '',
    apis,
    ...Object.fromEntries(TEXTS.flatMap((name) => (data[name] ? [[name, data[name]]] : []))),
    ...(data.sampleRatio && { sampleRatio: Number(data.sampleRatio) }),
    ...(data.routes !== undefined && { routes: data.routes === 'false' ? false : list(data.routes) }),
    declarative: data.declarative !== 'false',
    debug: data.debug !== undefined && data.debug !== 'false',
  }
}

/** Tells the SDK what the page said before the file arrived. */
function replay(tracing: Tracing): void {
  for (const call of stub?.queue?.splice(0) ?? []) {
    if ('user' in call) tracing.setUser(call.user)
    else if ('consent' in call) tracing.setConsent(call.consent)
    else replayOrder(tracing, call)
  }
}

function replayOrder(tracing: Tracing, early: EarlyOrder): void {
  const options: ReplayedOrderOptions = { ...early.options, early }
  early.order = tracing.startOrder(early.step, options)
}

function begin(options: TracingOptions): Tracing {
  const tracing = startTracing(options)
  page.ordertrace = Object.assign(tracing, { startTracing: begin }) satisfies Global
  replay(tracing)
  return tracing
}

// Without data-service the page starts tracing itself, by `ordertrace.startTracing(options)`; what it says before still waits in the stub.
if (script?.dataset.service !== undefined) begin(readOptions(script.dataset))
else page.ordertrace = Object.assign(stub ?? {}, { startTracing: begin }) satisfies Global
