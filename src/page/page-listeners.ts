import type { Guard } from './guard'

/** Our own listeners on the window and the document. */
export interface PageListeners {
  /** @returns takes it away */
  add(place: string, target: EventTarget, type: string, listener: (event: Event) => void): () => void
  /** `document.open()` takes every listener away (https://html.spec.whatwg.org/#document-open-steps): ours come back, at their place if they are there. */
  renew(): void
}

export function createPageListeners(guard: Guard): PageListeners {
  const adds = new Set<() => void>()
  // The platform's, for while an operation is open the other is watched.
  const { addEventListener } = EventTarget.prototype
  return {
    add(place, target, type, listener) {
      const guarded = (event: Event) => void guard(place, () => listener(event))
      const add = () => Reflect.apply(addEventListener, target, [type, guarded, true])
      adds.add(add)
      add()
      return () => {
        adds.delete(add)
        target.removeEventListener(type, guarded, true)
      }
    },
    renew() {
      for (const add of adds) add()
    },
  }
}
