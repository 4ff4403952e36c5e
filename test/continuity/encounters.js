// Runs what must not join and what must not mix, each on a quiet page and while another operation is open.
import { LIMITS } from './limits.js'
import { again } from './pace.js'
import { PAIRS } from './pairs.js'
import { STRANGERS } from './strangers.js'

async function meet(name, encounter, mode, { tracing, pLimit }) {
  const operations = []
  const url = (by) => `/api/encounter?${new URLSearchParams({ name, mode, by })}`
  const note = (label, order) => operations.push({ label, traceId: order.traceId })
  const operation = (label, fn) =>
    tracing.order(`meet-${label}`, { id: `${label}_${Math.random()}` }, (order) => {
      note(label, order)
      return fn(order)
    })
  const tools = {
    operation,
    by: (label) => fetch(url(label)),
    queued: (label) => fetch(url(`a queue for ${label}`)),
    stranger: () => fetch(url('stranger')),
    strangerUrl: url('stranger'),
    hangingUrl: '/api/hang',
    pLimit,
  }
  const third = mode === 'while a third is open' && tracing.startOrder('meet-third', { id: 'third' })
  if (third) {
    note('third', third)
    await third.run(() => tools.by('third'))
  }
  // Whatever else is met, this must never join.
  const poll = again(tools.stranger)
  let error
  await encounter(tools).catch((reason) => {
    error = String(reason?.stack ?? reason)
  })
  poll.stop()
  if (third) {
    await third.run(() => tools.by('third'))
    third.succeed()
  }
  return { name, mode, operations, error }
}

const KINDS = { stranger: STRANGERS, pair: PAIRS, limit: LIMITS }

export async function runEncounters(parts) {
  const met = []
  for (const [kind, encounters] of Object.entries(KINDS)) {
    for (const [name, encounter] of Object.entries(encounters)) {
      for (const mode of ['on a quiet page', 'while a third is open']) {
        met.push({ kind, ...(await meet(name, encounter, mode, parts)) })
      }
    }
  }
  return met
}
