/** What leaves is cut here: a trace is for following an order, not for carrying documents. */
const MOST_CHARACTERS = 1024
/** What is read, so that an address at the cut is seen whole; the patterns' worst case grows with its square. */
export const MOST_READ_CHARACTERS = 2 * MOST_CHARACTERS

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
  const read = text.slice(0, MOST_READ_CHARACTERS)
  return scrubEmail(read.replace(URL_IN_TEXT, scrubUrlText).replace(QUERY_AFTER_PATH, '$1'))
}

/** @param text bounded by the caller */
export const looksLikeEmail = (text: string): boolean => text.search(EMAIL) >= 0

const scrubEmail = (text: string) =>
  text.slice(0, MOST_READ_CHARACTERS).replace(EMAIL, '[email]').slice(0, MOST_CHARACTERS)

function scrubUrlText(text: string): string {
  const bare = text.replace(/[?#].*$/, '')
  return bare.replace(/^([^/]*\/\/)[^/@]*@/, '$1')
}
