const NAMES = ['', 'internal', 'server', 'client', 'producer', 'consumer']

/** The kind as the query API writes it; an unspecified kind counts as internal. */
export function spanKindName(kind: number): string {
  return NAMES[kind] || 'internal'
}
