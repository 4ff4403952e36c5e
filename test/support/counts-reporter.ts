import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter'

/** Ends the run with one line that people and CI read alike: `N passed, N failed, N skipped`. */
export default class CountsReporter implements Reporter {
  private suite: Suite | undefined

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite
  }

  onEnd(result: FullResult): void {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? []
    const count = (...kinds: string[]) => outcomes.filter((outcome) => kinds.includes(outcome)).length
    const skipped = count('skipped')
    const failed = count('unexpected', 'flaky') + (result.status === 'passed' || count('unexpected') ? 0 : 1)
    console.log(`\n${count('expected')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  }

  printsToStdio(): boolean {
    return true
  }
}
