import { type ShallowRef, shallowRef } from 'vue'

/** Between two looks at what others change, ms. */
const pause = 5000
/** The longest pause while the server does not answer, ms. */
const longestPause = 30_000

/** Something of the server's that the page shows and keeps up to date. */
export interface Fresh<T> {
  /** What the server said last; nothing before its first answer. */
  readonly value: ShallowRef<T | undefined>
  /** Why the last question got no answer; nothing when it got one. */
  readonly problem: ShallowRef<unknown>
  /** When the value was true, ms since 1970. */
  readonly trueAt: ShallowRef<number>
  /** Asks now, if it was started. What an answer under way says is not believed any more. */
  refresh(): Promise<void>
  /** Takes over what is known to have changed, without asking. */
  change(change: (value: T) => T): void
  /** Asks now and again and again, except while nobody sees the page; gives what ends that. */
  start(): () => void
}

export interface FreshOptions<T> {
  ask(): Promise<T>
  /** Makes the answer the new value, out of parts of the old one where they are equal. Default: the answer itself. */
  adopt?(before: T | undefined, answer: T): T
  onProblem?(error: unknown): void
}

/** Creates it, with no value yet. */
export function createFresh<T>({ ask, adopt = (_before, answer) => answer, onProblem }: FreshOptions<T>): Fresh<T> {
  const value = shallowRef<T>()
  const problem = shallowRef<unknown>()
  const trueAt = shallowRef(0)
  let changes = 0
  let failures = 0
  let isStarted = false
  let asking: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const changesBefore = changes
    try {
      const answer = await ask()
      // It was asked before the last change, so it may not know of it.
      if (changes !== changesBefore) return load()
      value.value = adopt(value.value, answer)
      trueAt.value = Date.now()
      problem.value = undefined
      failures = 0
    } catch (error) {
      failures++
      problem.value = error
      onProblem?.(error)
    }
  }

  function look(): Promise<void> {
    clearTimeout(timer)
    asking ??= load().finally(() => {
      asking = undefined
      if (isStarted && !document.hidden) timer = setTimeout(look, Math.min(pause * 2 ** failures, longestPause))
    })
    return asking
  }

  async function refresh(): Promise<void> {
    changes++
    if (isStarted) await look()
  }

  const onVisibility = () => void (document.hidden ? clearTimeout(timer) : look())
  return {
    value,
    problem,
    trueAt,
    refresh,
    change(change) {
      if (value.value === undefined) return
      changes++
      value.value = change(value.value)
    },
    start() {
      isStarted = true
      document.addEventListener('visibilitychange', onVisibility)
      window.addEventListener('online', look)
      void look()
      return () => {
        isStarted = false
        clearTimeout(timer)
        document.removeEventListener('visibilitychange', onVisibility)
        window.removeEventListener('online', look)
      }
    },
  }
}
