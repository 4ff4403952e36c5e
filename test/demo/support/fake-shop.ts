import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createShopPages } from '../../../demo/internet-shop/pages'
import { listen } from './listen'
import { PLACED_ORDER, PRODUCTS } from './shop-data'

/** What the fake Shop API answers to one request; tests replace entries to see the pages meet errors. */
export type FakeAnswer = { status: number; body: unknown }

export interface FakeShop {
  url: string
  /** Answers by `METHOD /path`; an entry may be replaced at any time. */
  answers: Map<string, FakeAnswer | Promise<FakeAnswer>>
  /** Requests that came to `/api/`, in order, with their bodies. */
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[]
  stop(): Promise<void>
}

/** The shop's real pages in front of a Shop API whose every answer the test decides. */
export async function startFakeShop(): Promise<FakeShop> {
  const answers = new Map<string, FakeAnswer | Promise<FakeAnswer>>([
    ['POST /api/session', { status: 201, body: { userId: 'u-7' } }],
    ['GET /api/account', { status: 200, body: { userId: 'u-7', login: null } }],
    ['GET /api/products', { status: 200, body: PRODUCTS }],
    ['POST /api/orders', { status: 201, body: PLACED_ORDER }],
    ['GET /api/orders', { status: 200, body: [PLACED_ORDER] }],
    [`GET /api/orders/${PLACED_ORDER.id}`, { status: 200, body: PLACED_ORDER }],
  ])
  const requests: FakeShop['requests'] = []
  const pages = createShopPages()

  async function answerApi(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = (await buffer(request)).toString('latin1')
    const method = request.method ?? ''
    requests.push({ method, path, headers: request.headers, body })
    const missing = {
      status: 404,
      body: { error: { code: 'not_found', message: 'There is nothing at this address.' } },
    }
    const answer = (await answers.get(`${method} ${path}`)) ?? missing
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  }

  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path.startsWith('/api/')) answerApi(request, response, path).catch(() => response.destroy())
    else pages(request, response, path)
  })
  return { ...(await listen(server)), answers, requests }
}
