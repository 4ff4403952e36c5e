import { type Browser, chromium } from '@playwright/test'
import { ensureChromium } from '../setup/chromium.mjs'
import { prepareOrder, submitOrder } from './customer'
import { type Employee, openEmployee } from './employee'
import { missingFrom, type StepExpectation, stepExpectations } from './expectations'
import { presses, type Worker, wholeWay, workerOf, workers } from './presses'
import { findOrderSpans, pollSpans } from './query-client'
import type { TraceSpan } from './trace-span'
import { drawTree } from './tree'

/** The running system that the walk goes through. */
export interface WalkedSystem {
  shopUrl: string
  crmUrl: string
  mesUrl: string
  /** Base address of a query API, version 3: the embedded store's or a real Jaeger's. */
  queryUrl: string
  log(line: string): void
  /** How long the spans of a step may take to arrive. Default 20 s. */
  deadlineMs?: number
}

/**
 * Walks one order through all nine statuses in the three UIs, in a headless browser; prints the trace of each step as a tree, and checks
 * that nothing is missing from it.
 * @returns whether all traces are whole; what is missing is logged.
 */
export async function walk(system: WalkedSystem): Promise<boolean> {
  let browser: Browser | undefined
  try {
    browser = await chromium.launch(await ensureChromium(system))
    return await walkThrough(browser, system)
  } catch (error) {
    system.log(`The walk stopped: ${error instanceof Error ? error.message : String(error)}`)
    return false
  } finally {
    await browser?.close()
  }
}

async function walkThrough(browser: Browser, system: WalkedSystem): Promise<boolean> {
  const { log } = system
  log('The customer')
  const page = await browser.newPage()
  page.on('pageerror', (error) => log(`  the page threw: ${error.message}`))
  const say = (line: string) => log(`  ${line}`)
  await prepareOrder(page, system.shopUrl, say)
  const orderId = await submitOrder(page, say)
  const checked = [await checkTrace(orderId, stepExpectations.submit, system)]

  let before = checked[0]?.traceId
  const people = new Map<Worker, Employee>()
  for (const step of wholeWay) {
    // After a step that left no trace there is none to link to, and nobody learns more by waiting for the rest.
    if (!checked.at(-1)?.traceId) return false
    const worker = workerOf(step)
    const uiUrl = worker === 'manager' ? system.crmUrl : system.mesUrl
    const person = people.get(worker) ?? (await openEmployee(browser, uiUrl, workers[worker].name))
    people.set(worker, person)
    log(`The ${worker} presses "${presses[step].button}"`)
    const status = await person.press(orderId, presses[step])
    if (status !== 200) throw new Error(status ? `the API answered ${status}` : 'the button did not come')
    const result = await checkTrace(orderId, stepExpectations[step], { ...system, ...(step !== 'model' && { before }) })
    checked.push(result)
    // Who looks at the model moves nothing: that is no step which links, or to which the next one does.
    if (step !== 'model') before = result.traceId
  }
  const isWhole = checked.every(({ missing }) => missing === 0)
  if (isWhole)
    log(`Everything is there: ${checked.length} traces of ${orderId}, each whole, with both ids on every span.`)
  return isWhole
}

async function checkTrace(
  orderId: string,
  expectation: StepExpectation,
  { queryUrl, log, deadlineMs = 20_000, before }: WalkedSystem & { before?: string | undefined },
): Promise<{ traceId: string | undefined; missing: number }> {
  const { service, step } = expectation
  const missing = (spans: TraceSpan[]) => missingFrom(spans, { expectation, orderId, before })
  const find = async () => ofStep(await findOrderSpans(queryUrl, { service, orderId }), expectation)
  const spans = await pollSpans(find, { enough: (found) => missing(found).length === 0, deadlineMs })
  if (spans.length === 0) {
    log(`No trace of ${service} with order.${step} and order_id ${orderId} came within ${deadlineMs / 1000} s.`)
    return { traceId: undefined, missing: 1 }
  }
  log(`\nTrace ${spans[0]?.traceId}, ${spans.length} spans\n\n${drawTree(spans)}\n`)
  for (const line of missing(spans)) log(`MISSING: ${line}`)
  return { traceId: spans[0]?.traceId, missing: missing(spans).length }
}

/** The trace of this step, among all of the order. */
function ofStep(spans: TraceSpan[], { service, step }: StepExpectation): TraceSpan[] {
  const root = spans.find((span) => span.service === service && span.name === `order.${step}`)
  return spans.filter((span) => span.traceId === root?.traceId)
}
