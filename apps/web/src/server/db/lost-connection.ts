// Tells a database that could not be reached, or not now, from one that refuses what it is asked for.
import { z } from 'zod';
import { Prisma } from './generated/client.ts';

// Not reachable, no answer in time, connection closed, no connection to be had, transaction out of time, in conflict with another.
const passingCodes: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);
// PostgreSQL's own: connection exceptions, insufficient resources, and a server that stops, starts or was told to end the connection.
const passingStates = /^(?:08|53|57P)/;
// What pg says without a code, and Prisma hands on as it is.
const pgWords = /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect|^Query read timeout/;

const DriverError = z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) });

/** The same write may succeed later. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const { data } = DriverError.safeParse(error.meta);
    return passingCodes.has(error.code) || (data !== undefined && passingStates.test(data.driverAdapterError.cause.originalCode));
  }
  return error instanceof Error && pgWords.test(error.message);
}
