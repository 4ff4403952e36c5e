import { drawSteps } from './steps.js'
import { applyLanguage, switchLanguage, text } from './texts.js'
import { drawList } from './trace-list.js'
import { readTraces } from './trace-model.js'
import { drawWaterfall } from './waterfall.js'

const DAY_MS = 86_400_000
const byId = (id) => document.getElementById(id)
let traces = []
// The address keeps the search and the trace, so that a link to a trace can be sent.
let address = new URLSearchParams(location.search)

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

function query() {
  const params = new URLSearchParams({
    'query.startTimeMin': new Date(Date.now() - DAY_MS).toISOString(),
    'query.startTimeMax': new Date(Date.now() + DAY_MS).toISOString(),
    'query.searchDepth': '50',
  })
  const wanted = ['order_id', 'user_id'].filter((name) => address.get(name)).map((name) => [name, address.get(name)])
  if (wanted.length) params.set('query.attributes', JSON.stringify(Object.fromEntries(wanted)))
  return { url: `/api/v3/traces?${params}`, searched: wanted.length > 0 }
}

async function load() {
  const { url, searched } = query()
  try {
    const response = await fetch(url)
    if (!response.ok && response.status !== 404) throw new Error(`HTTP ${response.status}`)
    traces = response.ok ? readTraces(await response.json()) : []
    byId('message').textContent = traces.length ? '' : text(searched ? 'notFound' : 'none')
  } catch (error) {
    byId('message').textContent = text('failed', { reason: error.message })
  }
  if (!traces.some((trace) => trace.id === address.get('trace'))) showFirst()
  draw()
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
await load()
