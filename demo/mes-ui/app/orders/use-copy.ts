import { ref } from 'vue'

/** Copies a text; `outcome` says how it went, until something else is copied. */
export function useCopy() {
  const outcome = ref<'copied' | 'failed'>()
  return {
    outcome,
    async copy(text: string): Promise<void> {
      outcome.value = undefined
      // Not there on an address without TLS other than this machine's.
      const copying = navigator.clipboard?.writeText(text) ?? Promise.reject()
      outcome.value = await copying.then(
        () => 'copied' as const,
        () => 'failed' as const,
      )
    },
  }
}
