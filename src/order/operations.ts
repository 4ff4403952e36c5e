import type { Report } from '../page/report'
import type { Beginning, Operation, OperationEnd, OperationParts } from './operation'
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

export interface Timers {
  later(work: () => void, ms: number): ReturnType<typeof setTimeout>
}

export interface OperationWatch {
  report: Report
  timers: Timers
  opened(operation: Operation): void
  ended(operation: Operation): void
}

/** One that nobody ends would keep the page watched for ever. */
const DEADLINE_MS = 3_600_000

export function trackOperations(parts: OperationParts, watch: OperationWatch): Operations {
  const open = new Map<Operation, ReturnType<typeof setTimeout>>()
  const withEnd: OperationParts & OperationEnd = {
    ...parts,
    onEnd(operation) {
      clearTimeout(open.get(operation))
      open.delete(operation)
      watch.ended(operation)
    },
  }
  return {
    start(step, beginning = {}) {
      const operation = startOperation(step, beginning, withEnd)
      const onDeadline = () => {
        watch.report.misuse(`the order "${step}" was open for an hour; call succeed() or fail()`)
        operation.end('abandoned', 'deadline')
      }
      open.set(operation, watch.timers.later(onDeadline, DEADLINE_MS))
      watch.opened(operation)
      return operation
    },
    setUser(id) {
      for (const operation of open.keys()) operation.setUserId(id)
    },
    abandonAll(reason) {
      for (const operation of [...open.keys()]) operation.end('abandoned', reason)
    },
    leaveAll(handOver) {
      for (const operation of [...open.keys()]) {
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
