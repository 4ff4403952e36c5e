/** Longer than an id with its name, which may come in two parts. */
const overlap = 80

/** The ids of the traces that an answer names, read as it goes by: of a search, and of the links in what it found. */
export interface TraceIds {
  look(chunk: Buffer): void
  readonly found: string[]
}

/** Both versions of the query API: `traceID` in the first, `traceId` in the third. */
export function createTraceIds(): TraceIds {
  const found = new Set<string>()
  let rest = ''
  return {
    look(chunk) {
      const text = rest + chunk.toString('latin1')
      for (const [, id = ''] of text.matchAll(/"traceI[dD]"\s*:\s*"([0-9a-fA-F]{16,32})"/g)) found.add(id.toLowerCase())
      rest = text.slice(-overlap)
    },
    get found() {
      return [...found]
    },
  }
}
