import type { Received, Site } from '../support/site'

/** How one way went in one mode, as the servers saw it. */
export interface Verdict {
  name: string
  mode: string
  /** Its requests: all, and those with the right trace and the right parent, with a wrong one of the two, with none of any operation. */
  requests: number
  right: number
  wrong: number
  none: number
  error?: string
}

/** A stranger that must not join, two operations that must not mix, or what is known to be beyond us. */
export type EncounterKind = 'stranger' | 'pair' | 'limit'

/** How one encounter went. */
export interface EncounterVerdict {
  kind: EncounterKind
  name: string
  mode: string
  /** The operations' own requests: all, those in their own operation's trace, and those in another's. */
  own: { requests: number; right: number; wrong: number }
  /** Requests that no operation made: all, and those in the trace of one. */
  strangers: { requests: number; wrong: number }
  error?: string
}

/** One time that a way was run. */
export interface Run {
  run: string
  name: string
  mode: string
  parent: string
  error?: string
}

export interface Report {
  agent: string
  runs: Run[]
  /** Of the ways that zone.js loses, written otherwise. */
  instead: Run[]
  encounters: {
    kind: EncounterKind
    name: string
    mode: string
    operations: { label: string; traceId: string }[]
    error?: string
  }[]
  error?: string
}

export function judgeWays(site: Site, runs: Run[]): Verdict[] {
  const verdicts = new Map<string, Verdict>()
  for (const { run, name, mode, parent, error } of runs) {
    const key = `${name}|${mode}`
    const verdict = verdicts.get(key) ?? { name, mode, requests: 0, right: 0, wrong: 0, none: 0 }
    verdicts.set(key, verdict)
    if (error) verdict.error = error
    for (const request of site.requests.all.filter((received) => parameters(received).get('run') === run)) {
      verdict.requests++
      verdict[judgeRequest(site, request, parent)]++
    }
  }
  return [...verdicts.values()]
}

function judgeRequest(site: Site, { headers }: Received, parent: string): 'right' | 'wrong' | 'none' {
  const [, traceId, spanId] = String(headers.traceparent ?? '').split('-')
  if (!traceId) return 'none'
  const [, parentTraceId, parentSpanId] = parent.split('-')
  const span = site.spans.all.find((candidate) => candidate.spanId === spanId)
  return traceId === parentTraceId && span?.parentSpanId === parentSpanId ? 'right' : 'wrong'
}

export function judgeEncounters(site: Site, { encounters }: Report): EncounterVerdict[] {
  const all = encounters.flatMap(({ operations }) => operations)
  return encounters.map(({ kind, name, mode, operations, error }) => {
    const verdict: EncounterVerdict = {
      kind,
      name,
      mode,
      own: { requests: 0, right: 0, wrong: 0 },
      strangers: { requests: 0, wrong: 0 },
      ...(error && { error }),
    }
    for (const received of site.requests.all) {
      const given = parameters(received)
      if (given.get('name') !== name || given.get('mode') !== mode) continue
      const traceId = String(received.headers.traceparent ?? '').split('-')[1]
      const isJoined = all.some((operation) => operation.traceId === traceId)
      countRequest(verdict, String(given.get('by')), isJoined, (label) =>
        operations.some((operation) => operation.label === label && operation.traceId === traceId),
      )
    }
    return verdict
  })
}

const QUEUE = 'a queue for '

function countRequest(
  { own, strangers }: EncounterVerdict,
  by: string,
  isJoined: boolean,
  isOf: (label: string) => boolean,
) {
  const isQueue = by.startsWith(QUEUE)
  if (by === 'stranger' || (isQueue && !isJoined)) {
    strangers.requests++
    if (isJoined) strangers.wrong++
    return
  }
  own.requests++
  if (isOf(by.replace(QUEUE, ''))) own.right++
  else if (isJoined) own.wrong++
}

const parameters = ({ path, origin }: Received) => new URL(path, origin).searchParams
