const NANOSECONDS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/**
 * Reads a duration as Go writes it (`1.5s`, `300ms`, `1h2m`), which is what Jaeger takes.
 * @returns nanoseconds
 * @throws Error with Go's own wording when it is not one.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseGoDuration(text: string): bigint {
  const unsigned = text.replace(/^[+-]/, '')
  if (unsigned === '0') return 0n
  const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y
  let total = 0
  while (part.lastIndex < unsigned.length) {
    const match = part.exec(unsigned)
    if (!match) throw new Error(`time: invalid duration "${text}"`)
    total += Number(match[1]) * (NANOSECONDS[match[2] ?? ''] ?? 0)
  }
  if (unsigned === '') throw new Error(`time: invalid duration "${text}"`)
  const nanoseconds = BigInt(Math.round(total))
  return text.startsWith('-') ? -nanoseconds : nanoseconds
}
