// An audit entry as a line of a file: JSON for programs, CSV for a spreadsheet. Pure.
import type { AuditEntry } from './read.ts';

export const exportFormats = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

interface Format {
  readonly type: string;
  /** Before the first entry. */
  readonly head: string;
  readonly line: (entry: AuditEntry) => string;
}

const columns = [
  'id', 'at', 'actorId', 'actorName', 'action', 'objectKind', 'objectId', 'objectName', 'before', 'after', 'address', 'outcome',
] as const satisfies readonly (keyof AuditEntry)[];

export const formats: Record<ExportFormat, Format> = {
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    line: (entry) => `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, column === 'id' ? String(entry.id) : entry[column]])))}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    // Without the mark spreadsheets take UTF-8 for their country's old encoding.
    head: `\u{FEFF}${columns.join(',')}\r\n`,
    line: (entry) => `${columns.map((column) => cell(textOf(entry[column]))).join(',')}\r\n`,
  },
};

function textOf(value: AuditEntry[keyof AuditEntry]): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front, which makes it text. */
function cell(text: string): string {
  const harmless = /^[\s\p{Cc}]*[=+\-@＝＋－＠|]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
