import { type AnsweringServer, answerJson, startAnswering } from './answering-server'
import { toExportRequest } from './otlp-of-trace'
import { EPOCH_MS, makeCheckout } from './traces'

/** One order a second; every twentieth waits for the database, every fiftieth for the files. */
const EVERY_MS = 1000

/** A Jaeger with so many orders from {@link EPOCH_MS} on, each made when it is asked for: nobody has room for all of them. */
export function startManyOrders(count: number): Promise<AnsweringServer> {
  return startAnswering((url, response) => {
    if (!url.pathname.endsWith('/traces')) return answerJson(response, 200, { services: [], operations: [] })
    const given = (name: string) => url.searchParams.get(`query.${name}`) ?? ''
    const place = (name: string) => Math.ceil((Date.parse(given(name)) - EPOCH_MS) / EVERY_MS)
    const [first, end] = [Math.max(0, place('startTimeMin')), Math.min(count, place('startTimeMax'))]
    const length = Math.max(0, Math.min(end - first, Number(given('searchDepth'))))
    if (length === 0) return answerJson(response, 404, { error: { httpCode: 404, message: 'No traces found' } })
    const traces = Array.from({ length }, (_, index) => makeOrder(end - 1 - index))
    answerJson(response, 200, { result: toExportRequest(traces) })
  })
}

/** The time that holds them, as the address of the analyst's page. */
export function manyAddress(count: number): string {
  const [from, to] = [EPOCH_MS, EPOCH_MS + count * EVERY_MS].map((ms) => new Date(ms).toISOString())
  return `?${new URLSearchParams({ from: from ?? '', to: to ?? '' })}`
}

function makeOrder(index: number) {
  const database = index % 20 === 0 ? 2000 : index % 7
  const files = index % 50 === 1 ? 3000 : index % 11
  return makeCheckout({ id: index + 1, at: index * EVERY_MS, database, files, device: index % 13 })
}
