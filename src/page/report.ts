/** What ordertrace says in the console. */
export interface Report {
  /** One clear message about wrong input: what was wrong and what to do. The same message is said once. */
  misuse(message: string): void
  /** Said in debug mode alone. */
  debug(message: string, detail?: unknown): void
}

const PREFIX = 'ordertrace:'
/** A mistake in a loop is said often enough by then. */
const MOST_SAID = 20

export function createReport(debug: boolean): Report {
  const said = new Set<string>()
  return {
    misuse(message) {
      if (said.has(message) || said.size >= MOST_SAID) return
      said.add(message)
      say('warn', message)
    },
    debug(message, detail) {
      if (debug) say('info', message, detail)
    },
  }
}

/** A page may replace or break the console; that must not come back to it through us. */
export function say(level: 'info' | 'warn' | 'error', message: string, detail?: unknown): void {
  try {
    console[level](PREFIX, message, ...(detail === undefined ? [] : [detail]))
  } catch {
    // Nowhere left to say it.
  }
}
