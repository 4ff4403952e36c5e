import type { Browser, BrowserContext, Request, Route } from '@playwright/test'
import { answerToPreflight, type Reply, replyTo } from '../collector/http-answer'
import type { Intake } from '../collector/intake'
import { isGivenUp } from './arrival'
import { createUrlTest } from './collector-pattern'
import { createContextTurns } from './context-turns'
import type { Receiver, ReceiverOptions } from './receiver'

/**
 * Receives in Firefox and WebKit, which let nobody look on in their own process. What a page sends while it goes is lost there, with what its
 * workers send, and the browser caches nothing meanwhile: a route of Playwright's is asked page by page.
 */
export function receiveByRoute(browser: Browser, { collector, passOn }: ReceiverOptions): Receiver {
  const turns = createContextTurns<BrowserContext>()
  const isCollector = createUrlTest(collector)
  let intake: Intake | undefined
  const attach = (context: BrowserContext) => {
    turns.opened(context)
    context.on('close', () => turns.forget(context))
    // It fails where the context has gone meanwhile.
    const listen = (route: Route) => handle(route, { intake: turns.isOfThisTurn(context) ? intake : undefined, passOn })
    context.route((url) => isCollector(url.href), listen).catch(() => {})
  }
  browser.contexts().forEach(attach)
  browser.on('context', attach)
  return {
    receiveInto(next) {
      intake = next
      if (next) turns.begin()
      else turns.end()
    },
    stop: async () => void browser.off('context', attach),
  }
}

async function handle(
  route: Route,
  { intake, passOn }: { intake: Intake | undefined; passOn: boolean },
): Promise<void> {
  const request = route.request()
  const headers = await request.allHeaders().catch(() => request.headers())
  const method = request.method()
  if (method === 'OPTIONS' && !passOn) return route.fulfill(answerToPreflight(headers))
  if (method !== 'POST') return route.fallback()
  const body = request.postDataBuffer() ?? Buffer.of()
  const received = await intake?.receive({ url: request.url(), headers, body })
  if (passOn && !received?.isTold) {
    // Not waited for: it is handed on only when this has ended.
    if (received) void hearAnswer(request, (status) => intake?.log.answered(received.delivery, status))
    return route.fallback()
  }
  return send(route, received?.reply ?? replyTo({ headers, status: 200, problems: [] }))
}

async function send(route: Route, reply: Reply): Promise<void> {
  if (reply === 'reset') await route.abort('connectionreset')
  else if (reply !== 'hang') await route.fulfill(reply)
}

async function hearAnswer(request: Request, hear: (status: number) => void): Promise<void> {
  const response = await request.response().catch(() => null)
  if (response) hear(response.status())
  else if (!isGivenUp(request.failure()?.errorText)) hear(0)
}
