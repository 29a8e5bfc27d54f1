// The columns of the table: which rows have something there, and how it is typed.
import type { Finding } from '@weir/model';
import type { TableRow } from '../rows.ts';

export const columnIds = ['name', 'address', 'port', 'protocol', 'scheduler', 'holder', 'weight', 'method', 'upper', 'lower'] as const;
export type ColumnId = (typeof columnIds)[number];

const ofService: ReadonlySet<ColumnId> = new Set(['name', 'address', 'port', 'protocol', 'scheduler', 'holder']);
const ofRealServer: ReadonlySet<ColumnId> = new Set(['name', 'address', 'port', 'weight', 'method', 'upper', 'lower']);

export function applies({ kind }: Pick<TableRow, 'kind'>, column: ColumnId): boolean {
  return (kind === 'service' ? ofService : ofRealServer).has(column);
}

const chosenFrom: ReadonlySet<ColumnId> = new Set(['protocol', 'scheduler', 'holder', 'method']);
const numbers: ReadonlySet<ColumnId> = new Set(['port', 'weight', 'upper', 'lower']);

/** One of a few, rather than typed. */
export function isChosen(column: ColumnId): boolean {
  return chosenFrom.has(column);
}

export function isNumber(column: ColumnId): boolean {
  return numbers.has(column);
}

/** What is its own to each object is not set for several at once. */
export function isShared(column: ColumnId): boolean {
  return column !== 'name' && column !== 'address';
}

/** A whole number, or none yet: what else is typed there is refused. */
export function isTypable(row: TableRow, column: ColumnId, text: string): boolean {
  if (!isNumber(column)) return true;
  const one = /^\d*$/;
  // Ports of a firewall mark are several.
  return row.kind === 'service' && row.service.match.kind === 'mark' ? listed(text).every((item) => one.test(item)) : one.test(text.trim());
}

export function listed(text: string): string[] {
  return text.split(/[\s,;]+/).filter((item) => item !== '');
}

/** Where in a row something is shown that is said about this field of its object; what the table has no cell for is at its name. */
export function columnAt(path: readonly Finding['path'][number][]): ColumnId {
  const [field, inner] = path;
  if (field === 'match') return inner === 'port' || inner === 'ports' ? 'port' : inner === 'protocol' ? 'protocol' : 'address';
  if (field === 'thresholds') return inner === 'lower' ? 'lower' : 'upper';
  if (field === 'rip') return 'address';
  return columnIds.find((column) => column === field) ?? 'name';
}
