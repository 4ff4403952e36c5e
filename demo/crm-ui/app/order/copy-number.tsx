import { useState } from 'react'
import { useTexts } from '../texts/texts'

/** Copies the order's number, and says whether it did: a browser may forbid it. */
export function CopyNumber({ id }: { id: string }) {
  const { texts } = useTexts()
  const [result, setResult] = useState<'copied' | 'notCopied'>()

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(id)
      setResult('copied')
    } catch {
      setResult('notCopied')
    }
  }
  return (
    <>
      <button type="button" className="quiet" onClick={copy}>
        {texts.order.copy}
      </button>
      <span className="copy-result" role="status">
        {result && texts.order[result]}
      </span>
    </>
  )
}
