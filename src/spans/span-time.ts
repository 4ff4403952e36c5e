import type { HrTime, TimeInput } from '@opentelemetry/api'
import type { Clock } from '../page/clock'

/** A time as OpenTelemetry takes it, as seconds and nanoseconds since the epoch; now if none is given. */
export type SpanTime = (given?: TimeInput) => HrTime

/** In 2001: a number that is smaller is a time of the Performance API, for no page is that old. */
const EARLIEST_MS = 1e12

export function createSpanTime(clock: Clock): SpanTime {
  return (given) => {
    if (Array.isArray(given) && given.every(Number.isFinite)) return given
    const asked = Number(given)
    if (!Number.isFinite(asked)) return hrTime(clock.now())
    return hrTime(asked < EARLIEST_MS ? clock.at(asked) : asked)
  }
}

const hrTime = (ms: number): HrTime => [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1e6)]
