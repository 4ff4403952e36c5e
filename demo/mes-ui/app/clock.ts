import { onScopeDispose, type Ref, readonly, ref } from 'vue'

/** How often what depends on the time is looked at again, ms: nothing here is told in less than hours. */
const tick = 60_000

/** The time of now for what is on the screen, ms since 1970. */
export function useClock(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => {
    now.value = Date.now()
  }, tick)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
