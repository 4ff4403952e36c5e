/**
 * Whether a URL is meant. Text is a whole URL, or a path that the URL's path is or ends with, at a slash: `/orders` means `/orders` and
 * `/api/orders`, not `/backorders`; `*` stands for any characters. A query counts only where the text has one. A regular expression is
 * searched for in the whole URL.
 */
export function matchesUrl(url: string, wanted: string | RegExp): boolean {
  if (wanted instanceof RegExp) return new RegExp(wanted).test(url)
  const { origin, pathname, search } = new URL(url)
  const path = pathname + (wanted.includes('?') ? search : '')
  const pattern = wanted
    .split('*')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(wanted)) return new RegExp(`^${pattern}$`).test(origin + path)
  return new RegExp(`(^|${wanted.startsWith('/') ? '' : '/'})${pattern}$`).test(path)
}
