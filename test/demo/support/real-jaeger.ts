/** The program of a real Jaeger, as `npm run test:real` found or built it; without it the tests that need one are skipped. */
export const jaegerFile = process.env.TEST_JAEGER_BIN

/** What sends the traces of a system to a Jaeger of its own; nothing by default. */
export const jaegerEnv: Record<string, string> = jaegerFile ? { TRACE_STORE: 'jaeger', JAEGER_BIN: jaegerFile } : {}

/** Says once, where a person sees it, that tests are left out: in the main process, which reads every file first. */
export function announceWithoutJaeger(what: string): void {
  if (jaegerFile || process.env.TEST_WORKER_INDEX !== undefined) return
  console.log(`SKIPPED: ${what}. TEST_JAEGER_BIN is not set; npm run test:real sets it.`)
}
