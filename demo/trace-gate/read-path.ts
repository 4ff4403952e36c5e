/**
 * The path of an address, decoded as the store does it: what is looked at here and what the store reads must not be two things.
 * Nothing for an address that one server reads so and another otherwise.
 */
export function readPath(url: string): string | undefined {
  const [raw = ''] = url.split('?', 1)
  const path = raw.startsWith('/') ? decode(raw) : undefined
  return path === undefined || /\/\/|\/\.\.?(\/|$)|[\\%?#;\p{Cc}]/u.test(path) ? undefined : path
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
