// Values without a neighbour: no line leads to or from them, so they are drawn as dots.

/** The rows in which the line of this index stands alone. */
export function aloneIn(rows: readonly { values: readonly unknown[] }[], index: number): number[] {
  const known = (row: number) => (rows[row]?.values[index] ?? null) !== null;
  return rows.flatMap((_, row) => (known(row) && !known(row - 1) && !known(row + 1) ? [row] : []));
}
