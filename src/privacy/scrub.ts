/** What leaves is cut here: a trace is for following an order, not for carrying documents. */
const MOST_CHARACTERS = 1024
/** What is read, so that an address at the cut is seen whole; the patterns' worst case grows with its square. */
export const MOST_READ_CHARACTERS = 2 * MOST_CHARACTERS

const URL_IN_TEXT = /\b[a-z][a-z\d+.-]*:\/\/[^\s"<>]+/gi
/** Also as it stands in a URL, with %40 for @. */
const EMAIL = /[\p{L}\p{N}._+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu
/** A path with a query or fragment, as messages and relative URLs have it. */
const QUERY_AFTER_PATH = /(\/[^\s?#"'<>]*)[?#][^\s"'<>]*/g
/** A query or fragment with a name and a value, whatever stands before it. */
const QUERY = /[?#][\w.~%[\]-]+=[^\s"<>]*/g
/** `/cart;jsessionid=…`, https://www.rfc-editor.org/rfc/rfc3986#section-3.3 */
const PATH_PARAMETERS = /;[^/\s"'<>]*=[^/\s"'<>]*/g

/** A URL without credentials, query, fragment and path parameters. */
export function scrubUrl({ origin, pathname, protocol }: URL): string {
  if (origin === 'null') return protocol
  return scrubEmail((origin + pathname).replace(PATH_PARAMETERS, ''))
}

/** Takes query strings, fragments and credentials out of the URLs in a text, and e-mail addresses out of all of it. */
export function scrubText(text: string): string {
  // Most texts are words and ids, and every span has several.
  if (!/[?#@%;]/.test(text)) return text.slice(0, MOST_CHARACTERS)
  return scrubEmail(
    text
      .slice(0, MOST_READ_CHARACTERS)
      .replace(URL_IN_TEXT, scrubUrlInText)
      .replace(QUERY_AFTER_PATH, '$1')
      .replace(QUERY, '')
      .replace(PATH_PARAMETERS, ''),
  )
}

/** @param text bounded by the caller */
export const looksLikeEmail = (text: string): boolean => mayHoldEmail(text) && text.search(EMAIL) >= 0

/** The pattern is dear, the first use of it on a page most of all. */
const mayHoldEmail = (text: string) => text.includes('@') || text.includes('%40')

function scrubEmail(text: string): string {
  const read = text.slice(0, MOST_READ_CHARACTERS)
  return (mayHoldEmail(read) ? read.replace(EMAIL, '[email]') : read).slice(0, MOST_CHARACTERS)
}

function scrubUrlInText(text: string): string {
  const bare = text.replace(/[?#].*$/, '')
  // Credentials end at the last @ before the path.
  return bare.replace(/^([^/]*\/\/)[^/]*@/, '$1')
}
