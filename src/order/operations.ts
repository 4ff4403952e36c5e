import type { Operation, OperationParts } from './operation'
import { startOperation } from './operation'

/** The operations that are open on this page. */
export interface Operations {
  start(step: string, startTime?: number): Operation
  /** Whoever logs in during an operation is its user; one that has a user keeps it. */
  setUser(id: string): void
  /** The page goes away: what is open ends as abandoned. */
  abandonAll(reason: string): void
}

export interface OperationWatch {
  opened(operation: Operation): void
  ended(operation: Operation): void
}

export function trackOperations(parts: Omit<OperationParts, 'onEnd'>, watch: OperationWatch): Operations {
  const open = new Set<Operation>()
  const withEnd: OperationParts = {
    ...parts,
    onEnd(operation) {
      open.delete(operation)
      watch.ended(operation)
    },
  }
  return {
    start(step, startTime) {
      const operation = startOperation(step, startTime, withEnd)
      open.add(operation)
      watch.opened(operation)
      return operation
    },
    setUser(id) {
      for (const operation of open) operation.setUserId(id)
    },
    abandonAll(reason) {
      for (const operation of [...open]) {
        operation.onLeave?.()
        operation.end('abandoned', reason)
      }
    },
  }
}
