// The panel's database connections: one pool, used through Prisma.
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import type { Logger } from '../logger.ts';
import { PrismaClient } from './generated/client.ts';
import type { Prisma } from './generated/client.ts';

/** What `database.$transaction(async (tx) => …)` hands in. Inside it use nothing else: the pool's connections are few. */
export type Tx = Prisma.TransactionClient;
export type Database = PrismaClient;

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: Pool;
  close(): Promise<void>;
}

const connectionsMax = 10;
const connectDeadlineMs = 5_000;
const statementDeadlineMs = 30_000;
/** No sooner than a connection or a single statement is given up: a busy machine is slow. */
const transactionOptions = { maxWait: connectDeadlineMs, timeout: statementDeadlineMs };

export function openDatabase(url: string, logger: Logger): OpenDatabase {
  const pool = new Pool({
    connectionString: inUtc(url),
    max: connectionsMax,
    connectionTimeoutMillis: connectDeadlineMs,
    query_timeout: statementDeadlineMs,
    statement_timeout: statementDeadlineMs,
    keepAlive: true,
    application_name: 'weir-panel',
  });
  // An idle connection that breaks would otherwise end the process; the next query opens another.
  pool.on('error', (error) => logger.warn({ error: error.message }, 'an idle database connection broke'));
  const db = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

// adapter-pg sends timestamptz without an offset and reads it as UTC: the session must say the same. In the URL, because
// pg lets the URL's own options win over ours.
function inUtc(url: string): string {
  const parsed = new URL(url);
  const options = parsed.searchParams.get('options');
  parsed.searchParams.set('options', options === null ? '-c TimeZone=UTC' : `${options} -c TimeZone=UTC`);
  return parsed.toString();
}
