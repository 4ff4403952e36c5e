const credentials = ['cookie', 'authorization']

/**
 * The headers, as pairs in a row, without what says who somebody is: that is nobody's business behind us.
 * @param besides others to leave out, in lower case
 */
export function withoutCredentials(rawHeaders: readonly string[], besides: readonly string[] = []): string[] {
  const left = [...credentials, ...besides]
  return rawHeaders.flatMap((name, index) => {
    const isKept = index % 2 === 0 && !left.includes(name.toLowerCase())
    return isKept ? [name, rawHeaders[index + 1] ?? ''] : []
  })
}
