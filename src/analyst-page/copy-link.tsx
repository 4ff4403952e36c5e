/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks'
import { timeOf, type View, writeView } from './address'
import { useSpeech } from './context'

/** Copies the address of what is shown, with its time as it was read, so that a colleague sees the same. */
export function CopyLink({ view, shown }: { view: View; shown: { from: number; to: number } | undefined }) {
  const { texts } = useSpeech()
  const [isDone, setDone] = useState(false)
  const [toCopy, setToCopy] = useState('')
  const copy = async () => {
    const address = new URL(location.href)
    const { from, to } = shown ?? timeOf(view, Date.now())
    address.search = writeView({ ...view, from, to })
    try {
      // Not there where the page came by plain http.
      await navigator.clipboard.writeText(address.href)
      setDone(true)
    } catch {
      setToCopy(address.href)
    }
  }
  return (
    <>
      <button type="button" class="quiet" onBlur={() => setDone(false)} onClick={() => void copy()}>
        <span aria-live="polite">{isDone ? texts.copied : texts.copyLink}</span>
      </button>
      {toCopy && <ByHand address={toCopy} />}
    </>
  )
}

function ByHand({ address }: { address: string }) {
  const { texts } = useSpeech()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [address])
  return (
    <label class="by-hand">
      <span role="alert">{texts.copyYourself}</span>
      <input readOnly ref={field} value={address} />
    </label>
  )
}
