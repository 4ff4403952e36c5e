import { ref } from 'vue'
import { useMes } from '../mes'

/** Lets the next operator log in. */
export function useLeave() {
  const { session, notices, translation } = useMes()
  const isLeaving = ref(false)
  return {
    isLeaving,
    async leave(): Promise<void> {
      if (isLeaving.value) return
      isLeaving.value = true
      try {
        await session.leave()
      } catch (error) {
        notices.show({ kind: 'refused', text: translation.explain(error) })
      } finally {
        isLeaving.value = false
      }
    },
  }
}
