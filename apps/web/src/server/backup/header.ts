// What a backup file says about itself before its rows.
import { z } from 'zod';
import { keptFiles } from './kept.ts';

const Table = z.object({
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.int().nonnegative(),
});

export const BackupHeader = z.object({
  takenAt: z.iso.datetime(),
  /** In the order in which the database got them. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  files: z.array(z.object({ name: z.enum(keptFiles), content: z.string() })),
  /** The rows follow in this order: one line each, a JSON array with every column's text or null. */
  tables: z.array(Table),
  /** The last value that each has given; those that have given none are left out. */
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().regex(/^-?\d+$/) })),
});

export type BackupHeader = z.infer<typeof BackupHeader>;
export type TableHeader = z.infer<typeof Table>;
