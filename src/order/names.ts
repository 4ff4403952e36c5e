import type { Report } from '../page/report'

const LONGEST = 64

/** Makes a step's name one that Jaeger can list: few different names, no spaces. A wrong one is mended, and said once. */
export function checkName(name: unknown, report: Report): string {
  const text = typeof name === 'string' ? name.slice(0, LONGEST) : ''
  const mended = text.replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'unnamed'
  if (mended !== name)
    report.misuse(
      `the step "${text}" is traced as "${mended}"; name it with at most ${LONGEST} letters, digits, _, . and -, without ids`,
    )
  return mended
}
