import { createSignal, type Signal } from '../traces/signal'
import type { TraceSource } from '../traces/trace-source'

/** Since when nothing has come, and whether what could still come has been let come. */
export interface Calm extends Pick<Signal, 'onChange'> {
  /** Until when nothing may come before what more spans could undo is believed; undefined while that cannot be said. */
  until(quietMs: number): number | undefined
  end(): void
}

/** @param settles whether the source has to settle first; what is asked for what is there, and nothing else, need not wait for that */
export function watchCalm(source: TraceSource, settles: boolean): Calm {
  const { notify, onChange } = createSignal()
  const ended = new AbortController()
  let since = performance.now()
  const stir = () => {
    since = performance.now()
    notify()
  }
  const unsubscribe = source.onChange(stir)
  let isSettled = !(settles && source.settle)
  if (!isSettled) {
    const settled = () => {
      isSettled = true
      stir()
    }
    source.settle?.({ signal: ended.signal }).then(settled, settled)
  }
  return {
    onChange,
    until: (quietMs) => (isSettled ? since + quietMs : undefined),
    end() {
      unsubscribe()
      ended.abort()
    },
  }
}
