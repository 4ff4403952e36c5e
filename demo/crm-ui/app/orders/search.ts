import { isOrderStatus, type OrderStatus } from '../../../parts/orders/order-status'

/** What the list shows, as its address says it. */
export interface Search {
  status?: OrderStatus | undefined
  text?: string | undefined
  after?: string | undefined
}

/** Reads the address. A status that there is not is left out: somebody has mistyped the address. */
export function readSearch(params: URLSearchParams): Search {
  const status = params.get('status')
  return {
    status: isOrderStatus(status) ? status : undefined,
    text: params.get('search') || undefined,
    after: params.get('after') || undefined,
  }
}

/** The query of an address, the page's and the API's alike; empty for everything. */
export function writeSearch({ status, text, after }: Search): string {
  const given = Object.entries({ status, search: text, after }).filter(([, value]) => value) as [string, string][]
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ''
}
