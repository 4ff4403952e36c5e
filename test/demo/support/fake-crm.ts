import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSinglePage } from '../../../demo/parts/ui/single-page'
import { crmOrder } from './crm-data'
import { listen } from './listen'

/** What the fake CRM API answers to one request; `cut`: it goes away without an answer. */
export type CrmAnswer = { status: number; body: unknown } | 'cut'

export interface FakeCrm {
  url: string
  /** Answers by `METHOD /path?query`; an entry may be replaced at any time. */
  answers: Map<string, CrmAnswer | Promise<CrmAnswer>>
  /** Requests that came, in order, as `METHOD /path?query`. */
  requests: string[]
  stop(): Promise<void>
}

/** The answer to whoever may not, or to what does not work. */
export function refusal(status: number, code: string): CrmAnswer {
  return { status, body: { error: { code, message: `The API's own words for ${code}.` } } }
}

/** The CRM's real pages in front of an API and a login whose every answer the test decides. */
export async function startFakeCrm(): Promise<FakeCrm> {
  const order = crmOrder()
  const answers: FakeCrm['answers'] = new Map<string, CrmAnswer | Promise<CrmAnswer>>([
    ['GET /session', { status: 200, body: { userId: 'u-manager-1', name: 'Мария Орлова', roles: ['manager'] } }],
    ['POST /logout', { status: 200, body: { location: '/' } }],
    ['GET /api/orders', { status: 200, body: { orders: [order], next: null } }],
    ['GET /api/orders/counts', { status: 200, body: { PRICE_CALCULATED: 1, PACKAGING: 12 } }],
    [`GET /api/orders/${order.id}`, { status: 200, body: order }],
    ['POST /v1/traces', { status: 200, body: {} }],
  ])
  const requests: string[] = []
  const pages = createSinglePage('crm-ui')

  async function answer(key: string, response: ServerResponse): Promise<void> {
    const found = (await answers.get(key)) ?? refusal(404, 'not_found')
    if (found === 'cut') return void response.destroy()
    response.writeHead(found.status, { 'content-type': 'application/json' }).end(JSON.stringify(found.body))
  }

  const server = createServer((request: IncomingMessage, response) => {
    const { method = '', url = '/' } = request
    const path = url.split('?', 1)[0] ?? '/'
    if (!/^\/(api\/|session$|logout$|login$|v1\/)/.test(path)) return pages(request, response, path)
    requests.push(`${method} ${url}`)
    answer(`${method} ${url}`, response).catch(() => response.destroy())
  })
  return { ...(await listen(server)), answers, requests }
}
