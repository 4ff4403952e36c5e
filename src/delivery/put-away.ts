import { bytesOf, type Waiting } from './waiting'

/** How spans are written down in a storage: by who made them, orders apart. A newer version of ordertrace must be able to read it. */
interface Written {
  v: 1
  /** When, ms since the epoch, by the device's own clock. */
  at: number
  groups: { head: string; isOrder: boolean; spans: string[] }[]
}

/** @param head of the spans that are this page's own */
export function write(waiting: readonly Waiting[], head: string, at: number): string {
  const groups: Written['groups'] = []
  for (const { json, isOrder, head: itsOwn = head } of waiting) {
    const group = groups.find((other) => other.head === itsOwn && other.isOrder === isOrder)
    if (group) group.spans.push(json)
    else groups.push({ head: itsOwn, isOrder, spans: [json] })
  }
  return JSON.stringify({ v: 1, at, groups } satisfies Written)
}

/**
 * @returns no spans for what is not ours: another script may have written there; `isNewer` for what a newer version of ours has written, in
 *   another tab, and will read
 */
export function read(text: string | null | undefined): { at: number; waiting: Waiting[]; isNewer?: boolean } {
  const nothing = { at: 0, waiting: [] }
  try {
    const { v, at, groups } = JSON.parse(text ?? '') as Written
    if (v > 1) return { ...nothing, isNewer: true }
    if (v !== 1 || typeof at !== 'number') return nothing
    const waiting = groups.flatMap(({ head, isOrder, spans }) =>
      spans.map((json) => ({ json, head, at, isOrder: isOrder === true, bytes: bytesOf(json) })),
    )
    return waiting.every(isWhole) ? { at, waiting } : nothing
  } catch {
    return nothing
  }
}

/** One text that is no JSON would spoil the request for all that go with it. */
function isWhole({ json, head }: Waiting): boolean {
  const request = JSON.parse(`${head}${json}]}]}`)
  return typeof request.scopeSpans[0].spans[0].spanId === 'string'
}
