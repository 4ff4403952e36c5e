import type { Page } from '@playwright/test'
import { elapse, type SettleOptions } from '../traces/settle'
import { flushPage } from './flush-page'

/**
 * Resolves when what had ended in the pages has been sent: at once where every page could be told to, else after `batchMs`, when they do so by
 * themselves.
 */
export async function settlePages(
  pages: readonly Page[],
  { batchMs, signal }: SettleOptions & { batchMs: number },
): Promise<void> {
  const answered = new AbortController()
  const end = () => answered.abort()
  signal?.addEventListener('abort', end, { once: true })
  const sentBy = elapse(batchMs, { signal: answered.signal })
  // A page that hangs, or whose collector does, is not waited for longer than one that cannot be told.
  const flushed = Promise.all(pages.map(flushPage)).then((told) => {
    if (told.every(Boolean)) end()
  })
  await Promise.race([sentBy, flushed.then(() => sentBy)])
  signal?.removeEventListener('abort', end)
}
