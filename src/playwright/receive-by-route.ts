import type { Browser, BrowserContext, Request, Route } from '@playwright/test'
import { answerTo, answerToPreflight } from '../collector/collector-answer'
import type { TraceLog } from '../traces/trace-log'
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
  let log: TraceLog | undefined
  const attach = (context: BrowserContext) => {
    turns.opened(context)
    context.on('close', () => turns.forget(context))
    // It fails where the context has gone meanwhile.
    const listen = (route: Route) => handle(route, { log: turns.isOfThisTurn(context) ? log : undefined, passOn })
    context.route((url) => isCollector(url.href), listen).catch(() => {})
  }
  browser.contexts().forEach(attach)
  browser.on('context', attach)
  return {
    receiveInto(next) {
      log = next
      if (next) turns.begin()
      else turns.end()
    },
    stop: async () => void browser.off('context', attach),
  }
}

async function handle(route: Route, { log, passOn }: { log: TraceLog | undefined; passOn: boolean }): Promise<void> {
  const request = route.request()
  const headers = await request.allHeaders().catch(() => request.headers())
  const isPost = request.method() === 'POST'
  if (!isPost && request.method() !== 'OPTIONS') return route.fallback()
  const delivery = isPost
    ? await log?.receive(request.postDataBuffer() ?? Buffer.of(), headers, request.url())
    : undefined
  if (passOn) {
    // Not waited for: it is handed on only when this has ended.
    if (delivery) void hearAnswer(request, (status) => log?.answered(delivery, status))
    return route.fallback()
  }
  const answer = isPost
    ? answerTo(headers, delivery?.status ?? 200, delivery?.problems ?? [])
    : answerToPreflight(headers)
  return route.fulfill(answer)
}

async function hearAnswer(request: Request, hear: (status: number) => void): Promise<void> {
  const response = await request.response().catch(() => null)
  if (response) hear(response.status())
  else if (!isGivenUp(request.failure()?.errorText)) hear(0)
}
