/** As many as a manager goes to and fro between; the oldest is given up first. */
const limit = 50

/** Answers of the API by their path, so that a screen that was seen is there at once, and is then refreshed. */
const kept = new Map<string, Answered>()

export interface Answered {
  answer: unknown
  /** When it came, ms since 1970. */
  at: number
}

export function keepAnswer(path: string, answered: Answered): void {
  kept.delete(path)
  kept.set(path, answered)
  const [oldest] = kept.keys()
  if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
}

export function findAnswer(path: string): Answered | undefined {
  return kept.get(path)
}

export function forgetAnswers(): void {
  kept.clear()
}
