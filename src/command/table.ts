import { plainText } from '../analyst/plain-text'

/** A column: to the right for numbers. */
export type Align = 'left' | 'right'

/** Lays rows out in columns, two spaces apart and indented by two; what came from outside only shows. */
export function layOut(given: readonly (readonly string[])[], aligns: readonly Align[] = []): string[] {
  const rows = given.map((row) => row.map(plainText))
  const widths = rows.reduce<number[]>((known, row) => {
    row.forEach((cell, column) => {
      known[column] = Math.max(known[column] ?? 0, cell.length)
    })
    return known
  }, [])
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      aligns[column] === 'right' ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    return `  ${cells.join('  ')}`.trimEnd()
  })
}
