import type { IncomingMessage } from 'node:http'
import { isLoopback } from './provider-connection'

/**
 * The origin at which the browser sees us: that of `PUBLIC_URL`, or on this machine the one it asked for.
 * Nothing when it asked for another name, with which nobody should have come here.
 */
export function readOwnOrigin({ headers }: IncomingMessage): string | undefined {
  if (process.env.PUBLIC_URL) return new URL(process.env.PUBLIC_URL).origin
  const url = `http://${headers.host}`
  return URL.canParse(url) && isLoopback(new URL(url)) ? new URL(url).origin : undefined
}

/** Was this request made by a page of ours? Cookies say nothing of that: other ports of a host are the same site. */
export function isOwnPage(request: IncomingMessage): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  return (origin === undefined || origin === readOwnOrigin(request)) && (site === undefined || site === 'same-origin')
}

/** An address on our own origin, for after the login; anything else becomes `/`. */
export function readBack(back: string | null, origin: string): string {
  if (!back?.startsWith('/') || !URL.canParse(back, origin)) return '/'
  const url = new URL(back, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : '/'
}
