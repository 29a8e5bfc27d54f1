// A database that goes away and comes back, and one that refuses.
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { isLostConnection } from './lost-connection.ts';
import { openDatabase } from './database.ts';

const thrownBy = (call: Promise<unknown>): Promise<unknown> => call.then(() => null, (error: unknown) => error);

it('tells a lost connection from a refusal', async () => {
  const postgres = await startTemporaryPostgres();
  const database = openDatabase(postgres.url, pino({ level: 'silent' }));
  const { db, pool } = database;
  const sleeping = async (): Promise<number> => (
    await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`)).rows[0]?.count ?? 0;
  try {
    const refusals = await Promise.all([
      thrownBy(db.user.count()), thrownBy(db.$queryRaw`SELECT ${'a\0b'}::text AS "text"`), thrownBy(db.$queryRaw`SELECT 1 / 0 AS "none"`),
    ]);
    expect([...refusals, null, new Error('no')].map(isLostConnection)).toEqual([false, false, false, false, false]);
    const slow = (): Promise<unknown> => thrownBy(db.$queryRaw`SELECT 1 AS "slept" FROM pg_sleep(20)`);
    const ended = slow();
    await expect.poll(sleeping).toBe(1);
    await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`);
    expect(isLostConnection(await ended)).toBe(true);
    const killed = slow();
    await expect.poll(sleeping).toBe(1);
    await postgres.kill();
    expect([await killed, await thrownBy(db.user.count()), await thrownBy(db.$transaction((tx) => tx.user.count()))].map(isLostConnection)).toEqual([true, true, true]);
  } finally {
    await database.close();
    await postgres.remove();
  }
});
