/**
 * The URL of a request as the browser will read it; `undefined` for what the browser will refuse, for other schemes, and for objects whose
 * conversion to text might run the page's code a second time.
 */
export function pageUrl(input: unknown): URL | undefined {
  if (typeof input !== 'string' && !(input instanceof URL)) return undefined
  try {
    const url = new URL(input, document.baseURI)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
  } catch {
    return undefined
  }
}
