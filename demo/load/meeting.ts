/** So many people wait for each other. */
export interface Meeting {
  /** Resolves, with what this one has prepared, when everybody is ready; who fails is not waited for any more. */
  after<T>(preparing: Promise<T>): Promise<T>
  /** Settles as `onReady` did. */
  readonly begun: Promise<void>
}

/**
 * Lets people begin together, so that they get in each other's way however slow the machine is.
 * @param onReady everybody is ready; they begin when it has settled
 */
export function createMeeting(count: number, onReady: () => Promise<void>): Meeting {
  let missing = count
  let begin: (ready: Promise<void>) => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  return {
    begun,
    async after(preparing) {
      try {
        return await preparing
      } finally {
        if (--missing === 0) begin(onReady())
        await begun.catch(() => undefined)
      }
    },
  }
}
