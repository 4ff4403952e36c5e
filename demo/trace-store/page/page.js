import { findTraces } from './find-traces.js'
import { drawSteps } from './steps.js'
import { applyLanguage, switchLanguage, text } from './texts.js'
import { drawList } from './trace-list.js'
import { drawWaterfall } from './waterfall.js'

const byId = (id) => document.getElementById(id)
let traces = []
// The address keeps the search and the trace, so that a link to a trace can be sent.
let address = new URLSearchParams(location.search)
// A slow answer to an earlier search must not replace what was searched for since.
let latest = new AbortController()

function draw() {
  const chosen = address.get('trace')
  byId('list').replaceChildren(...drawList(traces, { chosen, onChoose: choose }))
  const trace = traces.find((candidate) => candidate.id === chosen)
  byId('trace-id').textContent = trace?.id ?? text('choose')
  byId('steps').replaceChildren(...(trace ? drawSteps(trace, traces) : []))
  byId('waterfall').replaceChildren(...(trace ? drawWaterfall(trace) : []))
}

function choose(traceId) {
  address.set('trace', traceId)
  history.replaceState(null, '', `?${address}`)
  draw()
}

function fillForm() {
  byId('field').value = address.has('user_id') ? 'user_id' : 'order_id'
  byId('value').value = address.get('user_id') ?? address.get('order_id') ?? ''
}

async function load() {
  latest.abort()
  latest = new AbortController()
  const { signal } = latest
  const wanted = ['order_id', 'user_id'].filter((name) => address.get(name)).map((name) => [name, address.get(name)])
  try {
    const found = await findTraces(Object.fromEntries(wanted), { signal })
    if (signal.aborted) return
    traces = found
    if (!traces.some((trace) => trace.id === address.get('trace'))) showFirst()
    draw()
    byId('message').textContent = traces.length ? '' : text(wanted.length ? 'notFound' : 'none')
  } catch (error) {
    if (signal.aborted) return
    byId('message').textContent = text('failed', { reason: error.message })
  }
}

/** People come for an order; page loads and polls are only in between. */
function showFirst() {
  const first = traces.find((trace) => trace.root.name.startsWith('order.')) ?? traces[0]
  if (first) address.set('trace', first.id)
}

byId('search').addEventListener('submit', (event) => {
  event.preventDefault()
  const value = byId('value').value.trim()
  address = new URLSearchParams(value ? { [byId('field').value]: value } : {})
  history.replaceState(null, '', `?${address}`)
  load()
})
byId('language').addEventListener('click', () => {
  switchLanguage()
  draw()
})
applyLanguage()
fillForm()
draw()
await load()
