const URL_IN_TEXT = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+/gi
/** Also as it stands in a URL, with %40 for @. */
const EMAIL = /[\p{L}\p{N}._+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu
/** A path with a query or fragment, as messages and relative URLs have it. */
const QUERY_AFTER_PATH = /(\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g

/** A URL without credentials, query and fragment. */
export function scrubUrl(url: URL): string {
  return scrubEmail(url.origin === 'null' ? url.protocol : url.origin + url.pathname)
}

/** Takes query strings, fragments and credentials out of the URLs in a text, and e-mail addresses out of all of it. */
export function scrubText(text: string): string {
  return scrubEmail(text.replace(URL_IN_TEXT, scrubUrlText).replace(QUERY_AFTER_PATH, '$1'))
}

export const looksLikeEmail = (text: string): boolean => text.search(EMAIL) >= 0

const scrubEmail = (text: string) => text.replace(EMAIL, '[email]')

function scrubUrlText(text: string): string {
  const bare = text.replace(/[?#].*$/, '')
  return bare.replace(/^([^/]*\/\/)[^/@]*@/, '$1')
}
