import type { HrTime, TimeInput } from '@opentelemetry/api'
import type { Clock } from '../page/clock'

/** A time as OpenTelemetry takes it, as seconds and nanoseconds since the epoch; now if none is given. */
export type SpanTime = (given?: TimeInput) => HrTime

export function createSpanTime(clock: Clock): SpanTime {
  return (given) => {
    if (Array.isArray(given) && given.every(Number.isFinite)) return given
    const asked = Number(given)
    if (!Number.isFinite(asked)) return hrTime(clock.now())
    // No page is as old as half of the time since 1970: a number that small is one of the Performance API.
    return hrTime(asked < performance.timeOrigin / 2 ? clock.at(asked) : asked)
  }
}

const hrTime = (ms: number): HrTime => [Math.trunc(ms / 1000), Math.round((ms % 1000) * 1e6)]
