import type { OtlpLimits } from '../otlp/limits'
import { type BodyHeaders, readBody } from '../otlp/read-body'
import { readSpans } from '../otlp/read-spans'
import { messageOf, OtlpRefusal } from '../otlp/refusal'
import type { Delivery } from './delivery'
import { createSignal } from './signal'
import { fits, type SpanFilter } from './span-filter'
import { spansThatCame } from './spans-that-came'
import type { TraceSource } from './trace-source'

/** Everything that came to a collector, in order of arrival. */
export interface TraceLog extends TraceSource {
  readonly deliveries: readonly Delivery[]
  receive(body: Uint8Array, headers: BodyHeaders & Record<string, string>, url: string): Promise<Delivery>
  /** Another answered to it than this log would: the pages' own collector. */
  answered(delivery: Delivery, status: number): void
  /** Something came that belongs to nobody who looks on here: of a page that an earlier test left open. */
  stray(): void
  clear(): void
}

export function createTraceLog(limits: OtlpLimits = {}): TraceLog {
  const { notify, onChange } = createSignal()
  const deliveries: Delivery[] = []
  let strays = 0
  const add = (delivery: Delivery) => {
    deliveries.push(delivery)
    notify()
    return delivery
  }
  const allSpans = () => spansThatCame(deliveries)
  return {
    deliveries,
    onChange,
    spans: (filter: SpanFilter = {}) => allSpans().filter((span) => fits(span, filter)),
    answered(delivery, status) {
      const at = deliveries.indexOf(delivery)
      if (at < 0 || delivery.status === status) return
      deliveries[at] = { ...delivery, status }
      notify()
    },
    stray: () => void strays++,
    clear: () => void deliveries.splice(0),
    summary() {
      const problems = deliveries.flatMap((delivery) => delivery.problems)
      const traces = new Set(allSpans().map(({ traceId }) => traceId)).size
      const came = deliveries.length
        ? `${count(deliveries.length, 'request')} reached the collector, with ${count(allSpans().length, 'span')} of ${count(traces, 'trace')}.`
        : 'Nothing reached the collector.'
      const left = strays ? [`${count(strays, 'request')} of pages that earlier tests opened came too, left out.`] : []
      return [came, ...left, ...new Set(problems)].join('\n')
    },
    async receive(body, headers, url) {
      const known = { url, headers, bytes: body.byteLength }
      try {
        const request = await readBody(body, headers, limits)
        const { spans, rejected } = readSpans(request, limits)
        const problems = rejected.map((reason) => `A span could not be used: ${reason}`)
        return add({ ...known, request, spans, problems, status: 200 })
      } catch (error) {
        const status = error instanceof OtlpRefusal ? error.status : 500
        const problems = [`A request could not be read: ${messageOf(error)}`]
        return add({ ...known, request: undefined, spans: [], problems, status })
      }
    },
  }
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
