import { text } from './texts.js'
import { make } from './waterfall.js'

/** Links to the traces of the steps before and after this one, so that an order's whole life can be followed. */
export function drawSteps(trace, traces) {
  const before = trace.links.map((id) => stepLink(trace, { id, key: 'before', name: nameOf(id, traces) }))
  const after = traces
    .filter((candidate) => candidate.links.includes(trace.id))
    .map(({ id }) => stepLink(trace, { id, key: 'after', name: nameOf(id, traces) }))
  return [...before, ...after]
}

/** By the address of the order's search, which also finds steps that are not in the list now. */
function stepLink({ orderId }, { id, key, name }) {
  const address = new URLSearchParams({ ...(orderId && { order_id: orderId }), trace: id })
  return make('a', { href: `?${address}` }, text(key, { name }))
}

function nameOf(id, traces) {
  const found = traces.find((trace) => trace.id === id)
  return found ? `${found.root.service} ${found.root.name}` : text('elsewhere', { id: id.slice(0, 8) })
}
