import type { SpanRefusal } from './clean-span'
import type { RefusalCode } from './door-refusal'

/** What came through the door and what did not, since it was opened: numbers only, and nothing of any sender. */
export interface Counters {
  request(outcome: 'taken' | 'gone' | RefusalCode): void
  span(outcome: 'kept' | 'unconfirmed' | SpanRefusal, count?: number): void
  attributesDropped(count: number): void
  /** In the text form of Prometheus, https://prometheus.io/docs/instrumenting/exposition_formats/ @param open requests under way now */
  text(open: number): string
  /** One line of what was refused since the last time; nothing if nothing was. */
  news(): string | undefined
}

const about = {
  door_requests_total: 'Requests of browsers, by what became of them.',
  door_spans_total: 'Spans of the requests that were taken, by what became of them; an unconfirmed one is kept too.',
  door_attributes_dropped_total: 'Attributes that are not ours, left out of spans that were kept.',
}

type Name = keyof typeof about

/** No trouble, so no news. */
const ordinary = ['taken', 'gone', 'kept', 'unconfirmed', '']

export function createCounters(): Counters {
  const counts = new Map<Name, Map<string, number>>()
  let told = new Map<string, number>()
  const add = (name: Name, outcome: string, count = 1) => {
    if (count === 0) return
    const own = counts.get(name) ?? new Map<string, number>()
    counts.set(name, own.set(outcome, (own.get(outcome) ?? 0) + count))
  }
  const troubles = () => {
    const all = [...counts.values()].flatMap((own) => [...own])
    return new Map(all.filter(([outcome]) => !ordinary.includes(outcome)))
  }
  const write = (name: Name) => [
    `# HELP ${name} ${about[name]}`,
    `# TYPE ${name} counter`,
    ...Array.from(
      counts.get(name) ?? [],
      ([outcome, count]) => `${name}${outcome && `{outcome="${outcome}"}`} ${count}`,
    ),
  ]
  return {
    request: (outcome) => add('door_requests_total', outcome),
    span: (outcome, count) => add('door_spans_total', outcome, count),
    attributesDropped: (count) => add('door_attributes_dropped_total', '', count),
    text(open) {
      const gauge = ['# HELP door_requests_open Requests that are being read now.', '# TYPE door_requests_open gauge']
      return `${[...(Object.keys(about) as Name[]).flatMap(write), ...gauge, `door_requests_open ${open}`].join('\n')}\n`
    },
    news() {
      const now = troubles()
      const fresh = [...now].map(([outcome, count]) => [outcome, count - (told.get(outcome) ?? 0)] as const)
      told = now
      const words = fresh.filter(([, count]) => count > 0).map(([outcome, count]) => `${outcome} ${count}`)
      return words.length > 0 ? `refused in the last minute: ${words.join(', ')}` : undefined
    },
  }
}
