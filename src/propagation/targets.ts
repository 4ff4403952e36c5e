import type { Api } from '../options'

/** What the list `apis` says of one URL. */
export interface Target {
  baggage: boolean
}

export type Targets = (url: URL) => Target | undefined

/** Thrown for an entry that could not be meant; the message says what to write instead. */
export class ApiError extends Error {}

/**
 * Origins are compared as origins and paths by whole segments, on parsed URLs: no substrings, no patterns. The longest path that covers the
 * URL decides.
 * @param base the page's own URL, against which path prefixes are resolved
 * @param own the page's own origin; a sandboxed frame has none, whatever its URL
 */
export function createTargets(apis: readonly Api[], base: string, own: string): Targets {
  const rules = apis.map((api) => createRule(api, base, own)).sort((a, b) => b.segments.length - a.segments.length)
  return (url) => {
    const { origin } = url
    const path = segmentsOf(url.pathname)
    return rules.find(
      (rule) => origin === rule.origin && rule.segments.every((segment, index) => segment === path[index]),
    )
  }
}

function createRule(api: Api, base: string, own: string) {
  const given = typeof api === 'string' ? api : api?.url
  if (typeof given !== 'string' || !/^(https?:\/\/[^/]|\/(?!\/))/i.test(given)) {
    throw new ApiError(
      `an entry of apis is ${shown(given)}; write an origin such as "https://api.shop.example" or a path on this page's origin such as "/api/"`,
    )
  }
  if (given.includes('*'))
    throw new ApiError(`apis holds "${given}"; list each origin or path by itself, there are no wildcards`)
  const url = parse(given, base)
  if (url.search || url.hash || url.username || url.password) {
    throw new ApiError(
      `apis holds "${url.origin}${url.pathname}" with a query, fragment or credentials; leave those out`,
    )
  }
  return {
    origin: given.startsWith('/') ? own : url.origin,
    segments: segmentsOf(url.pathname),
    baggage: typeof api === 'object' && api.baggage === true,
  }
}

function parse(given: string, base: string): URL {
  try {
    return new URL(given, base)
  } catch {
    throw new ApiError(`apis holds "${given}", which is not a URL`)
  }
}

const segmentsOf = (pathname: string) => pathname.split('/').filter((segment) => segment !== '')
const shown = (given: unknown) => (typeof given === 'string' ? `"${given}"` : String(given))
