import { useEffect, useId, useRef } from 'react'
import { useTexts } from '../texts/texts'

/** Asks before an order without a price goes to production. Escape is a no, and a no has the focus. */
export function ConfirmWithoutPrice({ onClose }: { onClose: (isConfirmed: boolean) => void }) {
  const { texts } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-heading`}
      aria-describedby={`${id}-text`}
      onClose={() => onClose(false)}
    >
      <h2 id={`${id}-heading`}>{texts.confirm.heading}</h2>
      <p id={`${id}-text`}>{texts.confirm.text}</p>
      <div className="choices">
        <button type="button" className="secondary" onClick={() => onClose(false)}>
          {texts.confirm.no}
        </button>
        <button type="button" className="primary" onClick={() => onClose(true)}>
          {texts.confirm.yes}
        </button>
      </div>
    </dialog>
  )
}
