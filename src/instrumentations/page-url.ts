import { parseUrl } from '../page/parse-url'

const KNOWN = /^\[object (URL|HTMLAnchorElement|Location)\]$/

/**
 * The URL of a request as the browser will read it; `undefined` for what the browser will refuse, for other schemes, and for objects whose
 * conversion to text might run the page's code a second time.
 */
export function pageUrl(input: unknown): URL | undefined {
  const text = typeof input === 'string' ? input : hrefOf(input)
  const url = text === undefined ? undefined : parseUrl(text, document.baseURI)
  return url && /^https?:$/.test(url.protocol) ? url : undefined
}

/** Also of another frame's objects, which are none of ours by `instanceof`. */
function hrefOf(input: unknown): string | undefined {
  return KNOWN.test(Object.prototype.toString.call(input)) ? (input as URL).href : undefined
}
