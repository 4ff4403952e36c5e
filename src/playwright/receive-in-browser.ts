import type { Browser, CDPSession } from '@playwright/test'
import { answerToPreflight, type HttpAnswer, type Reply, replyTo } from '../collector/http-answer'
import type { Intake } from '../collector/intake'
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
  let intake: Intake | undefined
  const hanging: string[] = []
  const turns = createContextTurns<string>()
  const frames = await watchFrames(session, { onContext: turns.opened, onNavigation: turns.navigated })
  const onward = createPassOn(session)
  const intakeFor = ({ frameId }: RequestPaused) => {
    const context = frames.contextOf(frameId)
    // Of a frame that nobody knows, the test that runs is the likelier one.
    if (context === undefined || turns.isOfThisTurn(context)) return intake
    intake?.log.stray()
    return undefined
  }
  session.on('Fetch.requestPaused', (event: RequestPaused) => {
    const handled = isAnswer(event)
      ? onward.answer(event)
      : handle(session, event, { intake: intakeFor(event), hanging, ...(passOn && { onward }) })
    // It fails where the request was cancelled meanwhile, by a context that was closed: it has come all the same.
    handled.catch(() => {})
  })
  await session.send('Fetch.enable', { patterns: protocolPatterns(collector) })
  return {
    receiveInto(next) {
      intake = next
      // What a test let hang would go its way when this ends.
      for (const requestId of hanging.splice(0)) fail(session, requestId).catch(() => {})
      if (next) turns.begin()
      else turns.end()
    },
    stop: () => session.detach().catch(() => {}),
  }
}

async function handle(
  session: CDPSession,
  { requestId, request }: RequestPaused,
  { intake, hanging, onward }: { intake: Intake | undefined; hanging: string[]; onward?: PassOn },
): Promise<unknown> {
  const headers = lowerCase(request.headers)
  const { method, url } = request
  if (method === 'OPTIONS' && !onward) return send(session, requestId, answerToPreflight(headers))
  if (method !== 'POST') return session.send('Fetch.continueRequest', { requestId })
  // Received before it is answered: a page that was told so may go on at once, and a test with it.
  const received = await intake?.receive({ url, headers, body: bodyOf(request.postDataEntries) })
  if (onward && !received?.isTold) {
    return onward.request(requestId, intake && received && { log: intake.log, delivery: received.delivery })
  }
  const reply = received?.reply ?? replyTo({ headers, status: 200, problems: [] })
  if (reply === 'hang') return hanging.push(requestId)
  return send(session, requestId, reply)
}

const send = (session: CDPSession, requestId: string, reply: Exclude<Reply, 'hang'>): Promise<unknown> =>
  reply === 'reset'
    ? fail(session, requestId)
    : session.send('Fetch.fulfillRequest', { requestId, ...asProtocol(reply) })

const fail = (session: CDPSession, requestId: string): Promise<unknown> =>
  session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })

const lowerCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const bodyOf = (entries: { bytes?: string }[] = []) =>
  Buffer.concat(entries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')))

const asProtocol = ({ status, headers, body }: HttpAnswer) => ({
  responseCode: status,
  responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
  body: Buffer.from(body).toString('base64'),
})
