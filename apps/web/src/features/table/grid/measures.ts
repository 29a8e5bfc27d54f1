// How large the table's parts are.
import type { ColumnId } from '../cells/columns.ts';

/** Of a row with its line: the compact height of the interface. */
export const rowPx = 28;

/** Null: these share what is left. */
export const widthPx: Readonly<Record<ColumnId, number | null>> = {
  name: null, address: null, port: 76, protocol: 76, scheduler: 104, holder: 110, weight: 72, method: 132, upper: 76, lower: 76,
};
