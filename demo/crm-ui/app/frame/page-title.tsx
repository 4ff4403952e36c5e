import { type ReactNode, useEffect, useRef } from 'react'
import { fillIn } from '../../../ui/language'
import { useTexts } from '../texts/texts'

/** The first screen of a visit is read by the browser itself. */
let isFirst = true

/** The heading of a screen and the title of its tab. A screen that takes another's place begins to be read here: by the focus. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  const { texts } = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = fillIn(texts.titleOf, { page: title })
  }, [title, texts])
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  )
}
