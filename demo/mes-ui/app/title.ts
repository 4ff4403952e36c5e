import { watchEffect } from 'vue'
import { useMes } from './mes'

/** The title of the page, in its language. */
export function useTitle(title: () => string): void {
  const { translation } = useMes()
  watchEffect(() => {
    document.title = `${title()} · ${translation.text('brand')}`
  })
}
