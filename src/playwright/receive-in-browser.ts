import type { Browser, CDPSession } from '@playwright/test'
import { answerTo, answerToPreflight, type CollectorAnswer } from '../collector/collector-answer'
import type { TraceLog } from '../traces/trace-log'
import { watchFrames } from './browser-frames'
import { protocolPatterns } from './collector-pattern'
import { createContextTurns } from './context-turns'
import { type AnswerPaused, createPassOn, isAnswer, type PassOn } from './pass-on'
import type { Receiver, ReceiverOptions } from './receiver'

interface RequestPaused extends AnswerPaused {
  /** Of the frame or worker that sent it, which may have gone. */
  frameId: string
  request: {
    url: string
    method: string
    headers: Record<string, string>
    hasPostData?: boolean
    postDataEntries?: { bytes?: string }[]
  }
}

/**
 * Receives inside Chromium's browser process, which sends what a page leaves behind: `keepalive`, beacons, `fetchLater`, also of a tab that
 * was closed or crashed. Playwright's `route` asks each page, which may be gone by then, and turns the HTTP cache off.
 * https://chromedevtools.github.io/devtools-protocol/tot/Fetch/
 */
export async function receiveInBrowser(browser: Browser, { collector, passOn }: ReceiverOptions): Promise<Receiver> {
  const session = await browser.newBrowserCDPSession()
  let log: TraceLog | undefined
  const turns = createContextTurns<string>()
  const frames = await watchFrames(session, { onContext: turns.opened, onNavigation: turns.navigated })
  const onward = createPassOn(session)
  const logFor = ({ frameId }: RequestPaused) => {
    const context = frames.contextOf(frameId)
    // Of a frame that nobody knows, the test that runs is the likelier one.
    if (context === undefined || turns.isOfThisTurn(context)) return log
    log?.stray()
    return undefined
  }
  session.on('Fetch.requestPaused', (event: RequestPaused) => {
    const handled = isAnswer(event)
      ? onward.answer(event)
      : handle(session, event, { log: logFor(event), ...(passOn && { onward }) })
    // It fails where the request was cancelled meanwhile, by a context that was closed: it has come all the same.
    handled.catch(() => {})
  })
  await session.send('Fetch.enable', { patterns: protocolPatterns(collector) })
  return {
    receiveInto(next) {
      log = next
      if (next) turns.begin()
      else turns.end()
    },
    stop: () => session.detach().catch(() => {}),
  }
}

async function handle(
  session: CDPSession,
  { requestId, request }: RequestPaused,
  { log, onward }: { log: TraceLog | undefined; onward?: PassOn },
): Promise<unknown> {
  const headers = lowerCase(request.headers)
  if (request.method !== 'POST' && request.method !== 'OPTIONS') {
    return session.send('Fetch.continueRequest', { requestId })
  }
  // Received before it is answered: a page that was told so may go on at once, and a test with it.
  const delivery =
    request.method === 'POST' ? await log?.receive(bodyOf(request.postDataEntries), headers, request.url) : undefined
  if (onward) return onward.request(requestId, log && delivery && { log, delivery })
  const answer =
    request.method === 'POST'
      ? answerTo(headers, delivery?.status ?? 200, delivery?.problems ?? [])
      : answerToPreflight(headers)
  return session.send('Fetch.fulfillRequest', { requestId, ...asProtocol(answer) })
}

const lowerCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const bodyOf = (entries: { bytes?: string }[] = []) =>
  Buffer.concat(entries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')))

const asProtocol = ({ status, headers, body }: CollectorAnswer) => ({
  responseCode: status,
  responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: Buffer.from(body).toString('base64'),
})
