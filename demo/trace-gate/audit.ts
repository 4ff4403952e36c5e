import { appendFile, chmod } from 'node:fs/promises'

/** One line of the audit, beside when it was. */
export interface AuditEntry {
  /** The opaque id of the employee. */
  who: string
  what: 'trace' | 'search' | 'found' | 'refused'
  trace?: string
  /** The traces that a search named, or that its answer showed. */
  traces?: string[]
  /** How many more it named than are listed. */
  more?: number
  query?: string
  path?: string
}

/** The line cannot be written: a full disk, say. Then nothing must be read either. */
export class AuditError extends Error {
  override name = 'AuditError'
}

/** Who read which trace, and when. */
export interface Audit {
  /** Resolves when the line is in the file; rejects with {@link AuditError}. */
  write(entry: AuditEntry): Promise<void>
}

const mode = 0o600

/** Keeps one line of JSON for each read, in a file that only grows. */
export function createAudit(file: string): Audit {
  // For whoever runs the gate alone; one that was there may be open to others.
  let last: Promise<void> = chmod(file, mode).catch(() => undefined)
  return {
    write(entry) {
      const line = `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`
      // One after the other, so that the lines are in the order of the reads; one that failed keeps no other from trying.
      const written = last.then(() => appendFile(file, line, { mode }))
      last = written.catch(() => undefined)
      return written.catch((cause: unknown) => {
        throw new AuditError('the audit cannot be written', { cause })
      })
    },
  }
}
