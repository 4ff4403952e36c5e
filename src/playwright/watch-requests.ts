import type { Browser, BrowserContext, Page, Request } from '@playwright/test'
import { createContextTurns } from './context-turns'
import type { PageRequests } from './page-requests'

/** Notes the requests of a browser's contexts, for one worker, and gives them to the test that runs. */
export interface RequestWatch {
  /** Whose requests they are from now on; undefined: nobody's, between two tests. */
  noteIn(requests: PageRequests | undefined): void
  /** The open pages of the test that runs. */
  pages(): Page[]
  stop(): void
}

export function watchRequests(browser: Browser): RequestWatch {
  const turns = createContextTurns<BrowserContext>()
  let current: PageRequests | undefined
  const watch = (context: BrowserContext) => {
    turns.opened(context)
    context.on('request', (request) => {
      if (opensPage(request)) turns.navigated(context)
      if (turns.isOfThisTurn(context)) current?.note(request)
    })
    context.on('close', () => turns.forget(context))
  }
  browser.contexts().forEach(watch)
  browser.on('context', watch)
  return {
    noteIn(requests) {
      current = requests
      if (requests) turns.begin()
      else turns.end()
    },
    pages: () =>
      browser
        .contexts()
        .filter(turns.isOfThisTurn)
        .flatMap((context) => context.pages()),
    stop: () => void browser.off('context', watch),
  }
}

function opensPage(request: Request): boolean {
  if (!request.isNavigationRequest()) return false
  try {
    return request.frame().parentFrame() === null
  } catch {
    // Its frame is not there yet: the first request of a tab.
    return true
  }
}
