/** What to look for. Every filter has to hold on one and the same span; the whole trace of that span is found. */
export interface TraceQuery {
  /** `service.name`. */
  service: string
  /** Name of the span, such as `order.submit`. Default: any. */
  operation?: string | undefined
  /** Attributes that the span or its resource has, as text: `{ order_id: 'o-42' }`. Default: any. */
  attributes?: Readonly<Record<string, string>> | undefined
  /** When the span started, ms since 1970, both ends included. */
  from: number
  to: number
  /** How long the span took, ms, both ends included. Default: any. */
  longerThan?: number | undefined
  shorterThan?: number | undefined
  /** At most so many traces. Default 200. */
  depth?: number | undefined
}

export const DEFAULT_DEPTH = 200

/** A duration as Go reads it, to the nanosecond. */
export function goDuration(ms: number): string {
  return `${Math.round(ms * 1e6)}ns`
}
