import { computed, nextTick, ref, watch } from 'vue'
import type { Material } from '../../../mes-api/price'
import { ApiError } from '../../../ui/api'
import { focusOrder } from '../focus'
import { useMes } from '../mes'
import { useAnnounce } from './use-perform'

/** The dialog in which the material is chosen. */
export function usePriceChoice() {
  const { pricing, steps, onProblem } = useMes()
  const announce = useAnnounce()
  const dialog = ref<HTMLDialogElement>()
  const material = ref<Material>()
  const failure = ref<unknown>()
  const isRunning = computed(() => steps.running.has(pricing.order.value?.id ?? ''))
  const chosenPrice = computed(() => pricing.prices.value?.find((one) => one.material === material.value)?.price)

  watch(
    pricing.order,
    async (order, before) => {
      material.value = failure.value = undefined
      if (order) return dialog.value?.showModal()
      dialog.value?.close()
      await nextTick()
      // What opened the dialog may be gone with the order's step.
      if (before && document.activeElement === document.body) focusOrder(before.id)
    },
    { flush: 'post' },
  )

  async function confirm(): Promise<void> {
    const order = pricing.order.value
    if (!order || !material.value || isRunning.value) return
    failure.value = undefined
    const outcome = await steps.run('price', order, { material: material.value })
    if (outcome.kind === 'refused') onProblem(outcome.error)
    // Where trying again may help, the choice stays.
    if (outcome.kind === 'refused' && isPassing(outcome.error)) {
      failure.value = outcome.error
      await nextTick()
      dialog.value?.querySelector('[role=alert]')?.scrollIntoView({ block: 'nearest' })
      return
    }
    pricing.close()
    announce('price', order, outcome)
  }
  return { dialog, material, failure, isRunning, chosenPrice, confirm }
}

/** Is it the network or the server, rather than the order? */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500)
}
