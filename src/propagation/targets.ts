import type { Api } from '../options'
import { parseUrl } from '../page/parse-url'
import { wholeSegments } from '../page/path-segments'

/** What the list `apis` says of one URL. */
export interface Target {
  baggage: boolean
}

export type Targets = (url: Pick<URL, 'origin' | 'pathname'>) => Target | undefined

/**
 * Origins are compared as origins and paths by whole segments, on parsed URLs: no substrings, no patterns. The longest path that covers the
 * URL decides.
 * @param base the page's own URL, against which path prefixes are resolved
 * @param own the page's own origin; a sandboxed frame has none, whatever its URL
 * @throws Error for an entry that could not be meant; the message says what to write instead
 */
export function createTargets(apis: readonly Api[], base: string, own: string): Targets {
  const rules = apis.map((api) => createRule(api, base, own)).sort((a, b) => b.path.length - a.path.length)
  return ({ origin, pathname }) => {
    const path = wholeSegments(pathname)
    return rules.find((rule) => origin === rule.origin && path.startsWith(rule.path))
  }
}

function createRule(api: Api, base: string, own: string) {
  const given: unknown = typeof api === 'string' ? api : api?.url
  const isMeant = typeof given === 'string' && /^(https?:\/\/[^/*]|\/(?!\/))[^*]*$/i.test(given)
  const url = isMeant ? parseUrl(given, base) : undefined
  if (!isMeant || !url)
    throw new Error(
      `an entry of apis is ${shown(given)}; write an origin such as "https://api.shop.example" or a path such as "/api/", no wildcards`,
    )
  if (url.search || url.hash || url.username || url.password) {
    throw new Error(`apis holds "${url.origin}${url.pathname}" with query, fragment or credentials; leave those out`)
  }
  return {
    origin: given.startsWith('/') ? own : url.origin,
    path: wholeSegments(url.pathname),
    baggage: typeof api === 'object' && api.baggage === true,
  }
}

/** A wrong value, as a message shows it. */
export const shown = (given: unknown) => (typeof given === 'string' ? `"${given}"` : String(given))
