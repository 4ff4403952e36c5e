import { nextTick, onBeforeUpdate, onUpdated, watch } from 'vue'
import { useRoute } from 'vue-router'

/** Gives the focus to an order wherever it stands on the screen; says whether it does. */
export function focusOrder(id: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-order="${CSS.escape(id)}"] [data-order-focus]`)
  // Whoever points with a finger must not see the page jump.
  target?.focus({ preventScroll: true })
  return target !== null
}

/** Keeps the focus with its order when the order moves, or its button goes; else it would fall back to the page's begin. */
export function useOrderFocus(): void {
  let focused: string | undefined
  onBeforeUpdate(() => {
    const order = document.activeElement?.closest<HTMLElement>('[data-order]')
    focused = order?.dataset.order
  })
  onUpdated(() => {
    if (focused && document.activeElement === document.body && !focusOrder(focused)) focusHeading()
  })
}

/** Another page begins at its heading, for the keyboard and the screen reader; back on the board, at the order that one left. */
export function usePageFocus(): void {
  const route = useRoute()
  watch(
    () => [route.path, String(route.params.id ?? '')] as const,
    async (_now, [, leftOrder]) => {
      await nextTick()
      if (!leftOrder || !focusOrder(leftOrder)) focusHeading()
    },
  )
}

function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
