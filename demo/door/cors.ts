import type { IncomingMessage, ServerResponse } from 'node:http'

/** What Chromium remembers at most, s. */
const maxAge = 7200

/** Lets a page of another origin send and read what it was answered: one that is ours, and no other. */
export function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin)
  // The time, by which the SDK corrects the device's clock, and when to come again.
  response.setHeader('Access-Control-Expose-Headers', 'Date, Retry-After')
}

/** Answers the question whether such a page may send at all. Cookies never come along: credentials are not allowed. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse, isOurs: boolean): void {
  const { origin } = request.headers
  if (isOurs && origin) {
    allowOrigin(response, origin)
    response.setHeader('Access-Control-Allow-Methods', 'POST')
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Content-Encoding')
    response.setHeader('Access-Control-Max-Age', maxAge)
  }
  response.writeHead(isOurs ? 204 : 403).end()
}
