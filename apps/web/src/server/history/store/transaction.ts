// One transaction on one connection of the pool: all of it or nothing.
import type { Pool, PoolClient } from 'pg';

export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that breaks fails the statement that waits on it, too; unheard it would end the process.
  const hear = (error: Error): void => { broken = error; };
  client.on('error', hear);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failed: unknown) => {
      broken = failed instanceof Error ? failed : new Error('the transaction could not be ended');
    });
    throw error;
  } finally {
    client.off('error', hear);
    client.release(broken);
  }
}
