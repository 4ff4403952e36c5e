import type { Report } from './report'

/** Runs our own code so that nothing it throws reaches the page; answers `undefined` where it failed. */
export type Guard = <T>(place: string, work: () => T) => T | undefined

/** @param failures counts by place, shown in `diagnostics()` */
export function createGuard(failures: Record<string, number>, report: Report): Guard {
  return (place, work) => {
    try {
      return work()
    } catch (error) {
      failures[place] = (failures[place] ?? 0) + 1
      report.debug(`a failure in ${place}, kept from the page:`, error)
      return undefined
    }
  }
}
