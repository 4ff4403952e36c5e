/** The entries of a `baggage` header, without their properties. https://www.w3.org/TR/baggage/#header-content */
export function parseBaggage(header: string): Record<string, string> {
  const entries: Record<string, string> = {}
  for (const member of header.split(',')) {
    const [pair = ''] = member.split(';')
    const at = pair.indexOf('=')
    if (at > 0) entries[pair.slice(0, at).trim()] = decode(pair.slice(at + 1).trim())
  }
  return entries
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
