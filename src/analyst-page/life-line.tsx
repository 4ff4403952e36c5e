/** @jsxImportSource preact */
import type { LifeStep } from '../analyst/order-life'
import { sayHop, sayHopState, sayReceiver, sayStep } from '../analyst/say'
import type { Verdict } from '../analyst/verdict'
import { useSpeech } from './context'

/** Beside the colour, which alone tells some people nothing. */
const marks = { good: '', slow: '◷', failed: '✗', waiting: '…' } as const

/** An order's whole life as one line: every part of its way over all systems, and how it went. */
export function LifeLine({ steps, verdict }: { steps: readonly LifeStep[]; verdict: Verdict }) {
  const { texts, words } = useSpeech()
  return (
    <ol class="line" aria-label={texts.line}>
      {steps.map((step) => (
        <li key={`${step.traceId} ${step.step} ${step.at}`} style={{ flexGrow: step.hops.length }}>
          <ol class="parts" aria-label={sayStep(step.step, words)}>
            {step.hops.map((hop, index) => {
              const receiver = sayReceiver(hop, words)
              const name = `${sayHop(hop.hop, words)}${receiver && ` → ${receiver}`}: ${sayHopState(hop, words)}`
              const isFirst = verdict.step === step && verdict.hop === hop && hop.state !== 'good'
              return (
                <li key={index} class={`${hop.state}${isFirst ? ' first' : ''}`} title={name}>
                  <span class="unseen">{name}</span>
                  <span aria-hidden="true">{marks[hop.state]}</span>
                </li>
              )
            })}
          </ol>
          <span class="of soft" aria-hidden="true">
            {words.names[step.service] ?? step.service}
            <br />
            {sayStep(step.step, words)}
          </span>
        </li>
      ))}
    </ol>
  )
}
