import type { Report } from '../page/report'

const LONGEST = 64

/** Makes a step's name one that Jaeger can list: few different names, no spaces. A wrong one is mended, and said once. */
export function checkName(name: unknown, report: Report): string {
  const text = typeof name === 'string' ? name : ''
  const mended = text.slice(0, LONGEST).replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'unnamed'
  if (mended !== name) {
    const given = typeof name === 'string' ? `"${name.slice(0, LONGEST)}"` : typeof name
    report.problem(
      `the step ${given} is traced as "${mended}"; name it with letters, digits, "_", "." and "-", at most ${LONGEST}, and without ids`,
    )
  }
  return mended
}
