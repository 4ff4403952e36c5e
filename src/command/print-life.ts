import type { LifeHop } from '../analyst/life-hops'
import { plainText } from '../analyst/plain-text'
import type { FoundLife } from '../analyst/read-life'
import { sayHop, sayHopState, sayMs, sayReceiver, sayStep, sayVerdict } from '../analyst/say'
import type { Words } from '../analyst/words'
import { sayLocal } from './local-time'
import { layOut } from './table'

const MARKS = { good: '✓', slow: '◷', failed: '✗', waiting: '…' } as const

/** An order's life as text: a line for each step, and the parts of its way below it. */
export function printLife({ life, complete }: FoundLife, words: Words): string {
  const lines = life.steps.flatMap((step) => [
    '',
    plainText(
      `${MARKS[step.state]} ${sayLocal(step.at)}  ${step.service}: ${sayStep(step.step, words)}  ${sayMs(step.ms, words)}  ${step.traceId}`,
    ),
    ...layOut(
      step.hops.map((hop) => [
        MARKS[hop.state],
        sayWay(hop, words),
        sayMs(hop.ms, words),
        sayHopState(hop, words),
        hop.reason,
      ]),
      ['left', 'left', 'right'],
    ),
  ])
  return [
    plainText(`${life.orderId}: ${sayVerdict(life.verdict, words)}`),
    ...(complete ? [] : [words.notAllTraces]),
    ...lines,
  ].join('\n')
}

function sayWay(hop: LifeHop, words: Words): string {
  const receiver = sayReceiver(hop, words)
  return receiver ? `${sayHop(hop.hop, words)} → ${receiver}` : sayHop(hop.hop, words)
}
