import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createSinglePage } from '../../../demo/parts/ui/single-page'
import type { FakeAnswer } from './fake-shop'
import { listen } from './listen'
import { boardOrders, fullHistory, parkedMessages, prices } from './mes-data'

export interface FakeMes {
  url: string
  /** Answers by `METHOD /path`; an entry may be replaced at any time. */
  answers: Map<string, FakeAnswer | Promise<FakeAnswer>>
  /** Requests that came, in order. */
  requests: { method: string; path: string; body: string }[]
  /** Waits for so many requests of this kind in all. */
  waitForRequests(kind: string, count: number): Promise<void>
  stop(): Promise<void>
}

/** Who is at the terminal of the fake. */
export const operator = { userId: 'u-operator-1', name: 'Анна Лебедева', roles: ['operator'] }

/** The real screens of the MES in front of an API whose every answer the test decides. */
export async function startFakeMes(): Promise<FakeMes> {
  const answers = new Map<string, FakeAnswer | Promise<FakeAnswer>>([
    ['GET /session', { status: 200, body: operator }],
    ['GET /api/orders', { status: 200, body: { orders: boardOrders } }],
    ['GET /api/parked', { status: 200, body: { messages: parkedMessages } }],
    ['POST /logout', { status: 200, body: { location: '/' } }],
  ])
  for (const order of boardOrders) {
    answers.set(`GET /api/orders/${order.id}`, { status: 200, body: { ...order, history: fullHistory } })
    answers.set(`GET /api/orders/${order.id}/prices`, { status: 200, body: { prices } })
  }
  const requests: FakeMes['requests'] = []
  const waiting = new Set<() => void>()
  const pages = createSinglePage('mes-ui')

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const body = (await buffer(request)).toString()
    const method = request.method ?? ''
    requests.push({ method, path, body })
    for (const check of waiting) check()
    const missing = { status: 404, body: { error: { code: 'order_unknown', message: 'There is no such order.' } } }
    const { status, body: answered } = (await answers.get(`${method} ${path}`)) ?? missing
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered))
  }

  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '/'
    if (path === '/v1/traces') response.end('{}')
    else if (/^\/(api\/|session$|logout$)/.test(path)) answer(request, response, path).catch(() => response.destroy())
    else pages(request, response, path)
  })
  return {
    ...(await listen(server)),
    answers,
    requests,
    waitForRequests: (kind, count) =>
      new Promise((resolve) => {
        const check = () => {
          if (requests.filter(({ method, path }) => `${method} ${path}` === kind).length < count) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
  }
}

/** A refusal as every API of the company answers it. */
export function refusal(status: number, code: string): FakeAnswer {
  return { status, body: { error: { code, message: `The API says ${code}.` } } }
}
