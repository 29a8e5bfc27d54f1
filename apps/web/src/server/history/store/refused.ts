// Tells an interval that cannot be written from a database that cannot write now.
import { DatabaseError } from 'pg';
import { PackError } from '../pack/bytes.ts';

/** Data that does not fit its type or a constraint, or is beyond a limit: PostgreSQL would say the same the next time. */
const ofContent = /^(?:22|23|54)/;

export function isRefused(error: unknown): error is Error {
  if (error instanceof DatabaseError) return ofContent.test(error.code ?? '');
  return error instanceof PackError || error instanceof RangeError;
}
