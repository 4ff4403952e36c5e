const credentials = ['cookie', 'authorization']

/** The headers, as pairs in a row, without what says who somebody is: that is nobody's business behind us. */
export function withoutCredentials(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => {
    const isName = index % 2 === 0
    return isName && !credentials.includes(name.toLowerCase()) ? [name, rawHeaders[index + 1] ?? ''] : []
  })
}
