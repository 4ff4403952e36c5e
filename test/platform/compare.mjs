import { WHOLE } from './open-test.mjs'

/**
 * @typedef {Map<string, { isPassed: boolean, message: string }>} Results of one test, by subtest
 * @typedef {{ path: string, subtest: string, message: string }} Difference
 */

/** Subtests of one test that pass in each of these runs; a file of which none passes says nothing as a whole either. @param {Results[]} runs */
export function passedInAll([first, ...others]) {
  const passed = [...first].flatMap(([subtest, { isPassed }]) =>
    isPassed && others.every((other) => other.get(subtest)?.isPassed) ? [subtest] : [],
  )
  return countSubtests(passed) > 0 ? passed : []
}

/** How many of them count as subtests. */
export const countSubtests = (subtests) => subtests.filter((subtest) => subtest !== WHOLE).length

/** Which of these subtests do not pass in a run. */
export const notPassed = (subtests, path, run) =>
  subtests.flatMap((subtest) =>
    run.get(subtest)?.isPassed
      ? []
      : [{ path, subtest, message: run.get(subtest)?.message ?? 'not reported, or the page did not end' }],
  )

/**
 * What became of a difference when its test was run again and again, alone, without tracing and with it.
 * @param {{ without: Results[], traced: Results[] }} again
 * @returns {'consistent' | 'unsteady' | 'flaky'} `unsteady`: it passes with tracing now and then, and always without
 */
export function judge({ subtest }, { without, traced }) {
  const passes = (run) => run.get(subtest)?.isPassed === true
  if (!without.every(passes)) return 'flaky'
  if (!traced.some(passes)) return 'consistent'
  return traced.every(passes) ? 'flaky' : 'unsteady'
}
