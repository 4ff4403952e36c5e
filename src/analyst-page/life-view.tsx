/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import type { LifeHop } from '../analyst/life-hops'
import type { LifeStep, OrderLife } from '../analyst/order-life'
import { sayHop, sayHopState, sayMs, sayReceiver, sayState, sayStep, sayVerdict } from '../analyst/say'
import { useSpeech } from './context'
import { LifeLine } from './life-line'
import type { FoundTrace } from './said'
import { sayTime } from './say-time'
import { TraceView } from './trace-view'

export interface LifeProps {
  orderId: string
  life: OrderLife | undefined
  isWhole: boolean
  traceId: string
  traces: ReadonlyMap<string, FoundTrace>
  jaegerLink(traceId: string): string
  onTrace(traceId: string): void
  onTraceAgain(traceId: string): void
  onBack(): void
}

const marks = { good: '✓', slow: '◷', failed: '✗', waiting: '…' } as const

/** An order's whole life: what became of it in a sentence, and each step with every part of its way. */
export function LifeView({ orderId, life, isWhole, onBack, ...rest }: LifeProps) {
  const { texts, words } = useSpeech()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [orderId])
  const found = life?.orderId === orderId ? life : undefined
  return (
    <section class="life" aria-labelledby="life">
      <button type="button" class="link" onClick={onBack}>
        {texts.back}
      </button>
      <h1 id="life" ref={heading} tabIndex={-1}>
        {texts.lifeOf(orderId)}
      </h1>
      {!found && <p role="status">{texts.loadingLife}</p>}
      {found && (
        <>
          <p role="status" class={`verdict ${found.verdict.kind}`}>
            {sayVerdict(found.verdict, words)}
          </p>
          {found.steps.length > 0 && <LifeLine steps={found.steps} verdict={found.verdict} />}
          {!isWhole && <p class="soft">{words.notAllTraces}</p>}
          <ol class="steps" aria-label={texts.steps}>
            {found.steps.map((step) => (
              <Step key={`${step.traceId} ${step.step} ${step.at}`} step={step} {...rest} />
            ))}
          </ol>
          {found.otherTraces > 0 && <p class="soft">{texts.otherTraces(found.otherTraces)}</p>}
        </>
      )}
    </section>
  )
}

function Step({
  step,
  traceId,
  traces,
  jaegerLink,
  onTrace,
  onTraceAgain,
}: { step: LifeStep } & Pick<LifeProps, 'traceId' | 'traces' | 'jaegerLink' | 'onTrace' | 'onTraceAgain'>) {
  const { texts, words } = useSpeech()
  const isOpen = step.traceId === traceId
  return (
    <li class={`card ${step.state}`}>
      <header class="row">
        <h2>
          <Mark state={step.state} label={sayState(step.state, words)} /> {sayStep(step.step, words)}
        </h2>
        <span class="soft">
          {step.service} · {sayTime(step.at, words.locale)} · {sayMs(step.ms, words)}
          {step.userId && ` · ${step.userId}`}
        </span>
        <button type="button" class="quiet" aria-expanded={isOpen} onClick={() => onTrace(isOpen ? '' : step.traceId)}>
          {isOpen ? texts.close : texts.trace}
          <span class="unseen"> {sayStep(step.step, words)}</span>
        </button>
      </header>
      <ol class="way">
        {step.hops.map((hop, index) => (
          <Hop key={`${hop.hop} ${index}`} hop={hop} />
        ))}
      </ol>
      {isOpen && (
        <TraceView found={traces.get(traceId)} jaegerLink={jaegerLink(traceId)} onAgain={() => onTraceAgain(traceId)} />
      )}
    </li>
  )
}

function Hop({ hop }: { hop: LifeHop }) {
  const { words } = useSpeech()
  const receiver = sayReceiver(hop, words)
  return (
    <li class={hop.state}>
      <Mark state={hop.state} label={sayHopState(hop, words)} />
      <span>
        {sayHop(hop.hop, words)}
        {receiver && ` → ${receiver}`} <span class="soft">{sayMs(hop.ms, words)}</span>
        {hop.reason && <span class="reason">{hop.reason}</span>}
      </span>
    </li>
  )
}

/** How it went, by shape and in words, for colour alone tells some people nothing. */
function Mark({ state, label }: { state: LifeStep['state']; label: string }) {
  return (
    <span class={`mark ${state}`} role="img" aria-label={label}>
      {marks[state]}
    </span>
  )
}
