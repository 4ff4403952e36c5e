/** The servers of `npm run test:real`; without them the tests that need them are skipped. */
export const rabbitUrl = process.env.TEST_RABBITMQ_URL
export const postgresUrl = process.env.TEST_POSTGRES_URL

/** Says once, where a person sees it, that tests are left out: in the main process, which reads every file first. */
export function announceSkipped(what: string): void {
  if (rabbitUrl || process.env.TEST_WORKER_INDEX !== undefined) return
  console.log(`SKIPPED: ${what}. TEST_RABBITMQ_URL is not set; npm run test:real sets it.`)
}
