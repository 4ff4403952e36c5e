/** Lets a loop sleep until there is something to do. */
export interface WakeUp {
  readonly stopped: boolean
  /** Ends the sleep, or the next one when the loop is at work right now. */
  wake(): void
  /** Resolves after so many milliseconds, or earlier; without a number, only when woken. */
  sleep(ms?: number): Promise<void>
  /** Ends the sleep for good. */
  stop(): void
}

/** Creates one that is awake. */
export function createWakeUp(): WakeUp {
  let stopped = false
  let pending = false
  let endSleep: (() => void) | undefined
  const wake = () => {
    pending = true
    endSleep?.()
  }
  return {
    get stopped() {
      return stopped
    },
    wake,
    async sleep(ms) {
      if (!pending && !stopped) {
        await new Promise<void>((resolve) => {
          const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
          endSleep = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      endSleep = undefined
      pending = false
    },
    stop() {
      stopped = true
      wake()
    },
  }
}
