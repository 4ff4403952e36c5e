import { segmentsOf } from '../page/path-segments'

/** The route of a URL, with nothing in it that is a person's or an order's. */
export type RouteOf = (url: URL) => string

/** Words are part of a route; whatever has a digit, an @ or a % in it, or is long, may be an id. */
const WORD = /^[\p{L}_.-]{1,32}$/u
const MASK = ':id'

/** @param routes templates such as `/orders/:id`, the first that fits holds; a path that fits none has its id-like segments masked */
export function routeTemplate(routes: readonly string[]): RouteOf {
  const templates = routes.map((route) => segmentsOf(route))
  return ({ pathname }) => {
    const path = segmentsOf(pathname)
    const fitting = templates.find((template) => fits(template, path))
    return `/${(fitting ?? path.map((segment) => (WORD.test(segment) ? segment : MASK))).join('/')}`
  }
}

const fits = (template: string[], path: string[]) =>
  template.length === path.length &&
  template.every((segment, index) => segment.startsWith(':') || segment === path[index])
