import type { Beginning, Operation, OperationParts } from './operation'
import { startOperation } from './operation'

/** The operations that are open on this page. */
export interface Operations {
  start(step: string, beginning?: Beginning): Operation
  /** Whoever logs in during an operation is its user; one that has a user keeps it. */
  setUser(id: string): void
  /** Nothing goes on here: what is open ends as abandoned. */
  abandonAll(reason: string): void
  /** The page goes away: what goes on on the next one is handed over, the rest is abandoned. */
  leaveAll(handOver: (operation: Operation) => void): void
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
    start(step, beginning = {}) {
      const operation = startOperation(step, beginning, withEnd)
      open.add(operation)
      watch.opened(operation)
      return operation
    },
    setUser(id) {
      for (const operation of open) operation.setUserId(id)
    },
    abandonAll(reason) {
      for (const operation of [...open]) operation.end('abandoned', reason)
    },
    leaveAll(handOver) {
      for (const operation of [...open]) {
        operation.onLeave?.()
        if (operation.isOpen && operation.continues) {
          handOver(operation)
          operation.end('continued')
        }
        operation.end('abandoned', 'page-left')
      }
    },
  }
}
