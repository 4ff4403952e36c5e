/** Which URLs are a collector's: `*` stands for any characters, everything else for itself. */
export type CollectorPattern = string | readonly string[]

const listOf = (pattern: CollectorPattern): readonly string[] => (typeof pattern === 'string' ? [pattern] : pattern)

/** As the DevTools protocol writes it, where `?` would stand for any character; with any query where the pattern has none. */
export function protocolPatterns(pattern: CollectorPattern): { urlPattern: string }[] {
  return listOf(pattern).flatMap((one) => {
    const urlPattern = one.replace(/[\\?]/g, '\\$&').replace(/\*+/g, '*')
    return one.includes('?') ? [{ urlPattern }] : [{ urlPattern }, { urlPattern: `${urlPattern}\\?*` }]
  })
}

/** Whether a URL is meant. A query counts only where the pattern has one, and a fragment never. */
export function createUrlTest(pattern: CollectorPattern): (url: string) => boolean {
  const expressions = listOf(pattern).map((one) => {
    const texts = one.split(/\*+/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return { expression: new RegExp(`^${texts.join('.*')}$`), hasQuery: one.includes('?') }
  })
  return (url) =>
    expressions.some(({ expression, hasQuery }) => expression.test(url.replace(hasQuery ? /#.*$/s : /[?#].*$/s, '')))
}
