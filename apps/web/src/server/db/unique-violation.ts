// Tells the database's refusal of a second row with the same key from all its other errors.
import { Prisma } from './generated/client.ts';

/** `model` is the table that refused. */
export function isUniqueViolation(error: unknown, model: Prisma.ModelName): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' && error.meta?.['modelName'] === model;
}
