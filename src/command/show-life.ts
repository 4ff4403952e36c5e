import { type FoundLife, readLife } from '../analyst/read-life'
import { wordsIn } from '../analyst/say'
import type { JaegerClient } from '../jaeger/client'
import { showProgress } from './show-progress'

const OF_THE_DEMO = Object.keys(wordsIn('en').names)

/** Reads an order's life, and says on the terminal how far it is. */
export async function showLife(
  client: JaegerClient,
  which: { orderId: string; from: number; to: number },
  signal: AbortSignal,
): Promise<FoundLife> {
  try {
    const onProgress = ({ asked, of }: { asked: number; of: number }) =>
      showProgress(`Reading: ${asked} of ${of} services`)
    return await readLife(client, which, { signal, first: OF_THE_DEMO, onProgress })
  } finally {
    showProgress('')
  }
}
