import { countSubtests, judge, notPassed, passedInAll } from './compare.mjs'
import { openTest } from './open-test.mjs'

/** After so many tests a word of how far it is. */
const TOLD_EVERY = 50

/**
 * Runs each test without tracing, in each mode and without once more, and then again what differed, a few at a time.
 * @param {{ browser: import('@playwright/test').Browser, urlOf(path: string): string, tests: { path: string, isLong: boolean }[], modes:
 * import('./modes.mjs').Mode[], without: import('./modes.mjs').Mode, pages: number, again: number, record: ReturnType<typeof
 * import('./record.mjs').openRecord>, log(line: string): void }} parts
 * @returns differences and their number by name of mode
 */
export async function measure({ browser, urlOf, tests, modes, without, pages, again, record, log }) {
  const open = (test, mode) => openTest(browser, urlOf(test.path), test, mode)
  const differing = []
  let passing = 0
  let done = 0
  await inParallel(tests, pages, async (test) => {
    const { subtests, differences } = await record(test.path, () => runTest(test, { open, modes, without }))
    passing += subtests
    for (const [name, found] of Object.entries(differences)) log(`${test.path}: ${found.length} not with ${name}`)
    if (Object.keys(differences).length > 0) differing.push({ test, differences })
    if (++done % TOLD_EVERY === 0) log(`${done} of ${tests.length}`)
  })
  log(`${passing} subtests pass without tracing, twice; again the ${differing.length} tests that differ`)
  const judged = new Map(modes.map(({ name }) => [name, []]))
  await inParallel(differing, Math.ceil(pages / 4), async (differed) => {
    for (const [name, found] of await runAgain(differed, { open, modes, without, again }))
      judged.get(name).push(...found)
  })
  const byPath = (one, other) => one.path.localeCompare(other.path)
  return {
    counts: Object.fromEntries([...judged].map(([name, found]) => [name, count(found, passing)])),
    differences: Object.fromEntries([...judged].map(([name, found]) => [name, found.toSorted(byPath)])),
  }
}

async function runTest(test, { open, modes, without }) {
  const first = await open(test, without)
  // A test that passes nowhere says nothing, and mostly it lasts until its time is over.
  if (passedInAll([first]).length === 0) return { subtests: 0, differences: {} }
  const runs = new Map()
  for (const mode of modes) runs.set(mode.name, await open(test, mode))
  const passed = passedInAll([first, await open(test, without)])
  const differences = [...runs].map(([name, run]) => [name, notPassed(passed, test.path, run)])
  return {
    subtests: countSubtests(passed),
    differences: Object.fromEntries(differences.filter(([, found]) => found.length > 0)),
  }
}

async function runAgain({ test, differences }, { open, modes, without, again }) {
  const bare = []
  const differing = modes.filter(({ name }) => differences[name])
  const traced = new Map(differing.map(({ name }) => [name, []]))
  for (let round = 0; round < again; round++) {
    for (const mode of differing) traced.get(mode.name).push(await open(test, mode))
    bare.push(await open(test, without))
  }
  return [...traced].map(([name, runs]) => [
    name,
    differences[name].map((difference) => ({
      ...difference,
      verdict: judge(difference, { without: bare, traced: runs }),
    })),
  ])
}

function count(differences, passing) {
  const of = (wanted) => differences.filter(({ verdict }) => verdict === wanted).length
  return {
    'pass without': passing,
    'never with tracing': of('consistent'),
    'now and then not': of('unsteady'),
    'nor without, or not seen again': of('flaky'),
  }
}

async function inParallel(items, count, work) {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: count }, worker))
}
