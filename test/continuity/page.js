// Runs the table in whatever browser opens the page, and reports to the server: no driver is needed, and none is wanted, for an automated
// Firefox has stack frames that users' browsers do not have.
import { runEncounters } from './encounters.js'
import { INSTEAD } from './instead.js'
import * as libs from './libs.js'
import * as lowered from './lowered.js'
import * as transpiled from './transpiled.js'
import { DIALOG, WAYS } from './ways.js'

const isAttended = new URL(location.href).searchParams.has('attended')
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const listenBefore = new EventTarget()
listenBefore.addEventListener('go', (event) => event.detail())

const tracing = libs.startTracing({ service: 'continuity', apis: ['/api/'], sampleRatio: 0 })

function tools(run, shared) {
  const url = (name) => `/api/${name}?run=${encodeURIComponent(run)}`
  const send = (name) =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', url(name))
      xhr.onload = () => resolve(xhr.responseText)
      xhr.onerror = reject
      xhr.send()
    })
  return { call: (name) => fetch(url(name)), send, url, libs, shared, later, transpiled, lowered, listenBefore }
}

/** Runs one way as an operation; `parent` is what its requests must have as parent. */
async function runOne({ name, way }, mode, index, shared) {
  const run = `${name}|${mode}|${index}`
  let parent = ''
  const begin = (order) => {
    parent = order.headers().traceparent
    return way({ ...tools(run, shared), order })
  }
  let error
  await tracing
    .order(`way-${index}`, { id: run.replaceAll(' ', '_').slice(0, 100) }, (order) =>
      mode.includes('step') ? order.step('part', () => begin(order)) : begin(order),
    )
    .catch((reason) => {
      error = String(reason)
    })
  return { run, name, mode, parent, error }
}

const MODES = { alone: 1, 'in a step, alone': 1, 'three at once': 3, 'in steps, three at once': 3 }

/** What cannot be tried here: nobody is there to answer, or the engine has no such thing. */
const MISSING = {
  [DIALOG]: !isAttended,
  requestIdleCallback: !window.requestIdleCallback,
  'scheduler.postTask': !window.scheduler?.postTask,
}
const ways = Object.entries(WAYS).flatMap(([name, way]) => (MISSING[name] ? [] : { name, way }))

const SEED = 20_261
/** The same numbers each time, so that what fails fails again (mulberry32). */
function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Every way once, in an order of chance, at most eight under way, each begun after a delay of chance. */
async function runMixed() {
  const random = createRandom(SEED)
  const waiting = ways
    .map((way) => ({ way, place: random(), delay: Math.floor(random() * 12) }))
    .sort((a, b) => a.place - b.place)
  const shared = { limit: libs.pLimit(1) }
  const runs = []
  const lane = async (index) => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      await later(next.delay)
      runs.push(await runOne(next.way, 'mixed with others', index, shared))
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, index) => lane(index)))
  return runs
}

/** One way in each of `modes`. */
async function runModes(way, modes) {
  const runs = []
  for (const mode of modes) {
    const shared = { limit: libs.pLimit(1) }
    const indices = Array.from({ length: MODES[mode] }, (_, index) => index)
    runs.push(...(await Promise.all(indices.map((index) => runOne(way, mode, index, shared)))))
  }
  return runs
}

async function runTable() {
  const runs = []
  for (const way of ways) runs.push(...(await runModes(way, Object.keys(MODES))))
  return [...runs, ...(await runMixed())]
}

async function runInstead() {
  const runs = []
  for (const { name, form, way } of INSTEAD) {
    if (MISSING[name]) continue
    // What `order.run` runs has the order as its parent, not the step.
    const modes = Object.keys(MODES).filter((mode) => form === 'awaited' || !mode.includes('step'))
    runs.push(...(await runModes({ name: `${name}, ${form}`, way }, modes)))
  }
  return runs
}

async function run() {
  const runs = await runTable()
  const instead = await runInstead()
  const encounters = await runEncounters({ tracing, pLimit: libs.pLimit })
  await tracing.flush()
  return { agent: navigator.userAgent, runs, instead, encounters }
}

// No await at the top: the table is also run with `async` made into generators.
run()
  .catch((error) => ({
    agent: navigator.userAgent,
    runs: [],
    instead: [],
    encounters: [],
    error: String(error?.stack ?? error),
  }))
  .then((report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) }))
  .then(() => {
    document.title = 'done'
  })
