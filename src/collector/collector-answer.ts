/** What a collector says, as the browser is told it. */
export interface CollectorAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

type Headers = Readonly<Record<string, string>>

/** As a collector answers whose CORS takes everybody, so that a test needs none. */
export function answerTo(headers: Headers, status: number, problems: readonly string[]): CollectorAnswer {
  const isJson = !/protobuf/.test(headers['content-type'] ?? '')
  const error = problems.length ? JSON.stringify({ code: 3, message: problems.join('; ') }) : '{}'
  return {
    status,
    headers: { ...corsFor(headers), 'content-type': isJson ? 'application/json' : 'application/x-protobuf' },
    // An empty message is the protobuf of "all is well".
    body: isJson ? error : '',
  }
}

export function answerToPreflight(headers: Headers): CollectorAnswer {
  const asked = headers['access-control-request-headers']
  return {
    status: 204,
    headers: {
      ...corsFor(headers),
      'access-control-allow-methods': 'POST',
      ...(asked && { 'access-control-allow-headers': asked }),
    },
    body: '',
  }
}

function corsFor({ origin }: Headers): Record<string, string> {
  return origin ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' } : {}
}
