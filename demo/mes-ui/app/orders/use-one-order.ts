import { computed, onScopeDispose } from 'vue'
import { ApiError } from '../../../ui/api'
import { useClock } from '../clock'
import { useMes } from '../mes'
import { createOneOrder } from './one-order'

/** The order of one page, kept up to date while the page is there. */
export function useOneOrder(id: string) {
  const { steps, onProblem } = useMes()
  const fresh = createOneOrder(id, onProblem)
  onScopeDispose(
    steps.onSettled((settled, order) => {
      if (settled !== id) return
      if (order) fresh.change((before) => ({ ...before, ...order }))
      void fresh.refresh()
    }),
  )
  onScopeDispose(fresh.start())
  const { problem } = fresh
  const isUnknown = computed(() => problem.value instanceof ApiError && problem.value.status === 404)
  return { fresh, isUnknown, now: useClock() }
}
