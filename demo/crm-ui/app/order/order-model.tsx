import { useState } from 'react'
import type { Order } from '../../../crm-api/orders'
import { formatSize } from '../../../ui/format'
import { fillIn } from '../../../ui/language'
import { useSession } from '../session/session'
import { explain } from '../texts/explain'
import { useTexts } from '../texts/texts'
import { saveFile } from './save-file'
import { readModel } from './steps'

type Reading = { state: 'none' | 'running' | 'saved' } | { state: 'failed'; error: unknown }

/** The customer's model: what it is called, how large it is, and a way to have it. */
export function OrderModel({ order: { id, model } }: { order: Order }) {
  const { language, texts } = useTexts()
  const { noteRefusal } = useSession()
  const [reading, setReading] = useState<Reading>({ state: 'none' })
  const isRunning = reading.state === 'running'

  async function save(): Promise<void> {
    setReading({ state: 'running' })
    try {
      saveFile(await readModel(id), model.name)
      setReading({ state: 'saved' })
    } catch (error) {
      noteRefusal(error)
      setReading({ state: 'failed', error })
    }
  }
  return (
    <section className="card model" aria-busy={isRunning}>
      <h2>{texts.model.heading}</h2>
      <p className="file">
        <strong>{model.name}</strong> <span className="soft">{formatSize(model.size, language)}</span>
      </p>
      <button type="button" className="secondary" aria-disabled={isRunning} onClick={() => isRunning || save()}>
        {isRunning ? texts.model.reading : texts.model.download}
      </button>
      <p className={reading.state === 'saved' ? 'notice good' : 'unseen'} role="status">
        {reading.state === 'saved' && fillIn(texts.model.saved, { name: model.name })}
      </p>
      <p className={reading.state === 'failed' ? 'notice error' : 'unseen'} role="alert">
        {reading.state === 'failed' && explain(reading.error, texts)}
      </p>
    </section>
  )
}
