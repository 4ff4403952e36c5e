import { appendFile } from 'node:fs/promises'

/** One line of the audit, beside when it was. */
export interface AuditEntry {
  /** The opaque id of the employee. */
  who: string
  what: 'trace' | 'search' | 'refused'
  trace?: string
  query?: string
  path?: string
}

/** Who read which trace, and when. */
export interface Audit {
  write(entry: AuditEntry): void
}

/** Keeps one line of JSON for each read, in a file that only grows. */
export function createAudit(file: string): Audit {
  let last: Promise<void> = Promise.resolve()
  return {
    write(entry) {
      const line = `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`
      // One after the other, so that the lines are in the order of the reads.
      last = last
        .then(() => appendFile(file, line))
        .catch((error: Error) => console.error(`The audit: ${error.message}`))
    },
  }
}
