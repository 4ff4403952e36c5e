// Runs the table in whatever browser opens the page, and reports to the server: no driver is needed, and none is wanted, for an automated
// Firefox has stack frames that users' browsers do not have.
import { runEncounters } from './encounters.js'
import * as libs from './libs.js'
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
  return { call: (name) => fetch(url(name)), send, url, libs, shared, later, transpiled, listenBefore }
}

/** Runs one way as an operation; `parent` is what its requests must have as parent. */
async function runOne(name, mode, index, shared) {
  const run = `${name}|${mode}|${index}`
  let parent = ''
  const way = (order) => {
    parent = order.headers().traceparent
    return WAYS[name](tools(run, shared))
  }
  let error
  await tracing
    .order(`way-${index}`, { id: run.replaceAll(' ', '_').slice(0, 100) }, (order) =>
      mode.includes('step') ? order.step('part', () => way(order)) : way(order),
    )
    .catch((reason) => {
      error = String(reason)
    })
  return { run, name, mode, parent, error }
}

const MODES = { alone: 1, 'in a step, alone': 1, 'three at once': 3, 'in steps, three at once': 3 }

async function runTable() {
  const runs = []
  for (const name of Object.keys(WAYS)) {
    // Nobody is there to answer.
    if (name === DIALOG && !isAttended) continue
    for (const [mode, count] of Object.entries(MODES)) {
      const shared = { limit: libs.pLimit(1) }
      const indices = Array.from({ length: count }, (_, index) => index)
      runs.push(...(await Promise.all(indices.map((index) => runOne(name, mode, index, shared)))))
    }
  }
  return runs
}

async function run() {
  const runs = await runTable()
  const encounters = await runEncounters({ tracing, pLimit: libs.pLimit })
  await tracing.flush()
  return { agent: navigator.userAgent, runs, encounters }
}

// No await at the top: the table is also run with `async` made into generators.
run()
  .catch((error) => ({
    agent: navigator.userAgent,
    runs: [],
    encounters: [],
    error: String(error?.stack ?? error),
  }))
  .then((report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) }))
  .then(() => {
    document.title = 'done'
  })
