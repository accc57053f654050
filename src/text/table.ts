import { printable } from './printable.ts'

/** Rows of cells as lines with aligned columns, two blanks between them, none at the ends. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const safe = rows.map((row) => row.map(printable))
  const widths: number[] = []
  for (const row of safe) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    }
  }
  return safe.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
