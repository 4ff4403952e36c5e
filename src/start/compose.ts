import { type Context, TraceFlags } from '@opentelemetry/api'
import { createTracer } from '../continuity/active-tracer'
import { createCarrier } from '../continuity/carrier'
import type { Continuity } from '../continuity/continuity'
import { operationOf } from '../continuity/operation-context'
import { createBreaker } from '../delivery/breaker'
import { createCounts } from '../delivery/counts'
import { createDelivery } from '../delivery/delivery'
import { createForm } from '../delivery/form'
import { createLeftBehind } from '../delivery/left-behind'
import { createOutbox } from '../delivery/outbox'
import { createSender, describeRequests } from '../delivery/sender'
import { createSession } from '../identity/session'
import { trackUser } from '../identity/user'
import { trackOperations } from '../order/operations'
import { createClock } from '../page/clock'
import { createGuard } from '../page/guard'
import { createPageListeners } from '../page/page-listeners'
import { createReport } from '../page/report'
import { createServerTime } from '../page/server-time'
import { createTabStorage } from '../page/storage'
import { createConsent } from '../privacy/consent'
import { createGate } from '../privacy/gate'
import { MOST_READ_CHARACTERS } from '../privacy/scrub'
import { isValid, spanContextOf } from '../spans/span-context'
import { createSpanTime } from '../spans/span-time'
import { createSpanStarter } from '../spans/tracer'
import { VERSION } from '../version'
import type { CheckedOptions } from './check-options'
import { describeResource } from './resource'
import { createSpanFlow } from './span-flow'

export type Parts = ReturnType<typeof compose>

/** Puts the rooms together. Nothing is patched and nobody is listened to yet. */
export function compose(options: CheckedOptions, continuity: Continuity) {
  const failures: Record<string, number> = {}
  const report = createReport(options.debug === true)
  const guard = createGuard(failures, report)
  const clock = createClock()
  const counts = createCounts()
  const consent = createConsent(options.consent ?? 'granted')
  const isGranted = () => consent.state === 'granted'
  const storage = createTabStorage(guard, isGranted)
  const carrier = createCarrier(storage)
  const session = createSession(storage, options.sampleRatio)
  const user = trackUser(options.userId, session, { guard, report, onUser: (id) => operations.setUser(id) })
  const serverTime = createServerTime(clock, () => delivery.rewrite())
  const { href, origin } = options.collectorUrl
  const requests = describeRequests(href, options.collectorCredentials)
  const sending = createDelivery({
    requests,
    // Another origin's CORS would have to allow the header.
    canCompress: origin === self.origin,
    sender: createSender({
      ...requests,
      nativeFetch: window.fetch.bind(window),
      onAnswer: (headers, sentAt) => guard('server-time', () => serverTime.heard((name) => headers.get(name), sentAt)),
      now: clock.now,
    }),
    breaker: createBreaker(),
    form: createForm({
      resource: describeResource(options),
      scope: { name: 'ordertrace', version: VERSION },
      clockShift: () => serverTime.shiftMs,
    }),
    counts,
    outbox: createOutbox({ guard, mayStore: isGranted, onDrop: counts.drop }),
    leftBehind: createLeftBehind(storage, options.unanswered !== 'ask'),
    report,
    guard,
    mayLeave: isGranted,
  })
  const delivery = continuity.apart(sending)
  const timers = continuity.apart({
    later: (work: () => void, ms: number) => setTimeout(() => guard('timer', work), ms),
  })
  const flow = createSpanFlow({
    session,
    user,
    counts,
    gate: createGate(guard, report, options.redact),
    delivery,
    guard,
  })

  const isSampled = (context: Context) => {
    if (parts.isStopped || consent.state === 'refused') return false
    if (operationOf(context)) return true
    const parent = spanContextOf(context)
    return parent && isValid(parent) ? (parent.traceFlags & TraceFlags.SAMPLED) !== 0 : session.isSampled
  }
  const startSpan = createSpanStarter({
    time: createSpanTime(clock),
    attributeCharacters: MOST_READ_CHARACTERS,
    onStart: flow.onStart,
    onEnd: flow.onEnd,
    isSampled,
  })
  const tracer = createTracer(startSpan, continuity)
  const listeners = createPageListeners(guard)
  const operations = trackOperations(
    { tracer, release: flow.releaseOrderSpan, userId: user.current },
    {
      report,
      timers,
      opened(operation) {
        guard('continuity', listeners.renew)
        guard('continuity', () => continuity.opened(operation))
      },
      ended(operation) {
        guard('continuity', () => continuity.ended(operation))
        delivery.sendSoon()
      },
    },
  )
  const parts = {
    /** After the end nothing is recorded any more. */
    isStopped: false,
    /** The page went away, and may come back. */
    isGone: false,
    options,
    failures,
    report,
    guard,
    continuity,
    listeners,
    timers,
    carrier,
    clock,
    consent,
    isSampled,
    mayPropagate: isGranted,
    storage,
    serverTime,
    counts,
    session,
    user,
    delivery,
    flow,
    operations,
    tracer,
  }
  return parts
}
