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

/** Do browsers come here by TLS, which somebody else has put in front? */
export function hasTls(): boolean {
  return process.env.PUBLIC_URL?.startsWith('https:') ?? false
}

/** Was this request made by a page of ours? Cookies say nothing of that: other ports of a host are the same site. */
export function isOwnPage(request: IncomingMessage): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  return (origin === undefined || origin === readOwnOrigin(request)) && (site === undefined || site === 'same-origin')
}

/** It goes into a cookie, and browsers keep none over 4,096 bytes. */
const mostCharacters = 1500

/** An address on our own origin, for after the login; anything else becomes `/`. */
export function readBack(back: string | null, origin: string): string {
  if (!back?.startsWith('/') || !URL.canParse(back, origin)) return '/'
  const { origin: where, pathname, search, hash } = new URL(back, origin)
  // Dots gone, `/.//evil.example` is a path here that begins with `//`: in `Location` that is another host.
  const path = pathname + search + hash
  return where === origin && !pathname.startsWith('//') && path.length <= mostCharacters ? path : '/'
}
