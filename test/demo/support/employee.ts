import { logInAt } from './log-in'
import { createTraceContext } from './trace-context'

/** The answer to an employee's request, with the trace that it began. */
export interface Answer<T> {
  status: number
  body: T
  traceId: string
}

/** Somebody who is logged in at the CRM or the MES, and asks its API through it. */
export interface Employee {
  userId: string
  cookie: string
  get<T = Record<string, unknown>>(path: string): Promise<Answer<T>>
  post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<Answer<T>>
  /** Asks for the order until it has the status: what another service does arrives by the queue. */
  waitForStatus(orderId: string, status: string): Promise<void>
}

/** Logs in. */
export async function logIn(uiUrl: string, userId: string): Promise<Employee> {
  return createEmployee({ uiUrl, userId, cookie: await logInAt(uiUrl, userId) })
}

/** Somebody with this cookie. */
export function createEmployee({ uiUrl, userId, cookie }: { uiUrl: string; userId: string; cookie: string }): Employee {
  async function send<T>(path: string, init: RequestInit, headers: Record<string, string>): Promise<Answer<T>> {
    const { traceId, traceparent } = createTraceContext()
    const response = await fetch(uiUrl + path, { ...init, headers: { cookie, traceparent, ...headers } })
    const text = await response.text()
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T, traceId }
  }
  const get = <T>(path: string) => send<T>(path, {}, {})
  return {
    userId,
    cookie,
    get,
    post: (path, body) =>
      body === undefined
        ? send(path, { method: 'POST' }, {})
        : send(path, { method: 'POST', body: JSON.stringify(body) }, { 'content-type': 'application/json' }),
    async waitForStatus(orderId, status) {
      for (;;) {
        const { body } = await get<{ status?: string }>(`/api/orders/${orderId}`)
        if (body.status === status) return
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
  }
}
