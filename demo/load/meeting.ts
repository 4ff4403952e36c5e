/** So many people wait for each other. */
export interface Meeting {
  /** Resolves, with what this one has prepared, when everybody is ready; who fails is not waited for any more. */
  after<T>(preparing: Promise<T>): Promise<T>
}

/**
 * Lets people begin together, so that they get in each other's way however slow the machine is.
 * @param onReady everybody is ready; they begin when it has settled
 */
export function createMeeting(count: number, onReady: () => Promise<void>): Meeting {
  let missing = count
  let begin: () => void = () => undefined
  const everybody = new Promise<void>((resolve) => {
    begin = resolve
  })
  return {
    async after(preparing) {
      try {
        return await preparing
      } finally {
        if (--missing === 0) onReady().then(begin, begin)
        await everybody
      }
    },
  }
}
