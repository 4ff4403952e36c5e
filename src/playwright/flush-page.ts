import type { CDPSession, Frame, Page } from '@playwright/test'
import { elapse } from '../traces/settle'

/** OpenTelemetry's instrumentation of fetch ends the span of a request 300 ms after the answer. */
const LATE_END_MS = 400

/**
 * Lets a page send what waits in it, and tells nothing else to it: an event would reach the page's own listeners as well.
 * @returns whether its SDK is one that can be told; frames inside are told too, yet only the page itself is answered for
 */
export async function flushPage(page: Page): Promise<boolean> {
  if (page.url() === 'about:blank') return true
  const [main] = await Promise.all(page.frames().map(flushOrdertrace))
  return main || flushOpenTelemetry(page).catch(() => false)
}

/** The stub that stands where the script has not arrived yet has a `flush` that does nothing. */
const flushOrdertrace = (frame: Frame): Promise<boolean> =>
  frame
    .evaluate(async () => {
      const { ordertrace } = window as {
        ordertrace?: { flush?(): Promise<void>; queue?: unknown; diagnostics?: unknown }
      }
      if (!ordertrace?.flush || !ordertrace.diagnostics) return false
      await ordertrace.flush()
      return true
    })
    .catch(() => false)

/**
 * The `BatchSpanProcessor` flushes in a listener for `pagehide` at `document`, where that event, which is the window's, comes by no other way;
 * so whoever listens there is it, and its listener is called by itself.
 */
async function flushOpenTelemetry(page: Page): Promise<boolean> {
  await elapse(LATE_END_MS)
  const session = await page.context().newCDPSession(page)
  try {
    const listeners = await pageHideListeners(session)
    for (const objectId of listeners) {
      const functionDeclaration = 'function () { this.call(document, new Event("pagehide")) }'
      await session.send('Runtime.callFunctionOn', { objectId, functionDeclaration })
    }
    return listeners.length > 0
  } finally {
    await session.detach()
  }
}

async function pageHideListeners(session: CDPSession): Promise<string[]> {
  const { result } = await session.send('Runtime.evaluate', { expression: 'document', objectGroup: 'ordertrace' })
  // They come with their functions only for an object of a group.
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' })
  return listeners.flatMap(({ type, handler }) => (type === 'pagehide' && handler?.objectId) || [])
}
