import type { ServerResponse } from 'node:http'
import { send } from '../trace-store/answer'
import { answerPage } from '../trace-store/answer-page'
import { fetchJaegerPage } from './jaeger-page'

/** What the gate itself answers of what lies behind it; false when it is for the store. @param url its path decoded, as the store reads it */
export type AnswerPages = (response: ServerResponse, url: string) => Promise<boolean>

/** Asks each in turn until one answers. */
export function firstOf(...all: AnswerPages[]): AnswerPages {
  return async (response, url) => {
    for (const pages of all) if (await pages(response, url)) return true
    return false
  }
}

/** The page of the embedded store, told that it is behind the gate; its files the store answers itself. */
export function createEmbeddedPages(): AnswerPages {
  return async (response, url) => {
    const page = url.split('?', 1)[0] === '/' ? await answerPage('/', 'embedded gate') : undefined
    if (page) send(response, page)
    return page !== undefined
  }
}

/** Where our own page of an order's traces is, whatever store there is. */
const ownPage = '/by-order/'

/** The pages before a Jaeger: ours, of all steps of an order, and Jaeger's own where it has one; without, ours is the first. */
export function createStorePages(queryUrl: string, { hasJaegerPage }: { hasJaegerPage: boolean }): AnswerPages {
  return async (response, url) => {
    const path = url.split('?', 1)[0] ?? '/'
    if (path.startsWith('/api/') || path.startsWith('/static/')) return false
    if (path.startsWith(ownPage)) {
      const page = await answerPage(path.slice(ownPage.length - 1), hasJaegerPage ? 'jaeger page' : 'jaeger')
      if (page) send(response, page)
      return page !== undefined
    }
    if (!hasJaegerPage) {
      if (path !== '/') return false
      response.writeHead(302, { Location: ownPage + url.slice(path.length) }).end()
      return true
    }
    const page = await fetchJaegerPage(queryUrl, url)
    if (!page) return false
    const { status, policy, body } = page
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
    response.end(response.req.method === 'HEAD' ? undefined : body)
    return true
  }
}
