import type { Tracing } from 'ordertrace'
import { onScopeDispose, ref } from 'vue'
import type { ParkedEntry } from '../../../mes-api/parked'
import { post } from '../../../ui/api'
import { createFresh } from '../fresh'
import { useMes } from '../mes'
import { ask } from '../orders/board'

/** What did not get through, kept up to date, and another attempt. */
export function useParked() {
  const { notices, onProblem, tracing, translation } = useMes()
  const retrying = ref<string>()
  const fresh = createFresh<ParkedEntry[]>({
    ask: async () => (await ask<{ messages: ParkedEntry[] }>('/api/parked')).messages,
    adopt: (before, after) => (before && JSON.stringify(before) === JSON.stringify(after) ? before : after),
    onProblem,
  })
  onScopeDispose(fresh.start())

  async function retry(entry: ParkedEntry): Promise<void> {
    if (retrying.value) return
    retrying.value = entry.id
    try {
      await send(tracing, entry)
      notices.show({ kind: 'done', text: translation.text('parked.retried') })
    } catch (error) {
      onProblem(error)
      notices.show({ kind: 'refused', text: translation.explain(error) })
    }
    await fresh.refresh()
    retrying.value = undefined
  }
  return { fresh, retry, retrying }
}

/** An operation of the order, where the message tells of one that can be read. */
async function send(tracing: Pick<Tracing, 'order'>, { orderId, queue, id }: ParkedEntry): Promise<void> {
  const path = `/api/parked/${encodeURIComponent(queue)}/${encodeURIComponent(id)}/retry`
  if (orderId === null) return void (await post(path))
  await tracing.order('retry', { id: orderId }, () => post(path))
}
