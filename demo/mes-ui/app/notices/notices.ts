import { type ShallowRef, shallowRef } from 'vue'

/** What came of something that the operator did. */
export interface Notice {
  kind: 'done' | 'refused'
  text: string
}

/** The last notice: a new one takes the place of the one before, as it does in the operator's mind. */
export interface Notices {
  readonly current: ShallowRef<Notice | undefined>
  show(notice: Notice): void
  dismiss(): void
}

/** How long good news stays, ms; bad news stays until it is dismissed or outdated. */
const stay = 8000

/** Creates it, with no notice yet. */
export function createNotices(): Notices {
  const current = shallowRef<Notice>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const dismiss = () => {
    clearTimeout(timer)
    current.value = undefined
  }
  return {
    current,
    dismiss,
    show(notice) {
      dismiss()
      current.value = notice
      if (notice.kind === 'done') timer = setTimeout(dismiss, stay)
    },
  }
}
