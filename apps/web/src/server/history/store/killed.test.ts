// PostgreSQL is killed while history is written, at any moment: what the agent was told it may forget is there, and nothing is there twice.
import { setImmediate } from 'node:timers/promises';
import { startTemporaryPostgres } from '@weir/lab/postgres';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { migrated } from '../../testing/control-plane.ts';
import { plainInterval, plainService } from '../testing/intervals.ts';
import { unpack } from '../pack/pack.ts';
import { Journal } from './journal.ts';

const startMs = Date.UTC(2026, 10, 1);
const total = 360;
const kills = 5;
const intervals = Array.from({ length: total }, (_, index) => plainInterval(index + 1, startMs + index * 10_000, [plainService({ growth: BigInt(index + 1), realServers: ['a'] })]));

function moments(count: number): Promise<void> {
  return count === 0 ? Promise.resolve() : setImmediate().then(() => moments(count - 1));
}

class Lost extends Error {}

/** A round of it; answers what the agent is told that it may forget. */
async function written(journal: Journal, forgotten: number): Promise<number> {
  const { sequence } = await journal.cursor('d');
  if (sequence < forgotten) throw new Lost(`${forgotten} were committed, and ${sequence} are there`);
  return (await journal.write({ directorId: 'd', name: 'lvs', journalId: 'j', intervals: intervals.slice(sequence, sequence + 7) })).sequence;
}

it('loses no interval and has none twice', async () => {
  const postgres = await startTemporaryPostgres();
  const database = openDatabase(postgres.url, pino({ level: 'silent' }));
  try {
    await migrated(postgres.url);
    const journal = new Journal(database.pool, () => startMs);
    const said = { forgotten: 0 };
    let up: Promise<void> = Promise.resolve();
    for (let killed = 0; said.forgotten < intervals.length;) {
      if (killed < kills && said.forgotten >= ((killed + 1) * total) / (kills + 1)) {
        killed += 1;
        up = moments(Math.floor(Math.random() * 20)).then(() => postgres.kill()).then(() => postgres.restart());
      }
      const before = said.forgotten;
      said.forgotten = await written(journal, before).catch((error: unknown) => {
        if (error instanceof Lost) throw error;
        return before;
      });
      if (said.forgotten === before) await up;
    }
    await up;
    const { rows } = await database.pool.query<{ kind: string; tierSeconds: number; packed: Buffer }>('SELECT kind, "tierSeconds", packed FROM "HistoryBlock"');
    const sums = new Map<string, bigint>();
    for (const { kind, tierSeconds, packed } of rows) {
      for (const { grown: { connections } } of unpack(packed).portions.values()) {
        if (connections === null || typeof connections === 'string') continue;
        const key = `${kind} ${tierSeconds}`;
        sums.set(key, (sums.get(key) ?? 0n) + connections.all);
      }
    }
    const all = BigInt((total * (total + 1)) / 2);
    expect(Object.fromEntries(sums)).toEqual({ 'services 10': all, 'services 60': all, 'services 600': all, 'realServers 10': all, 'realServers 60': all, 'realServers 600': all });
    expect(rows.filter(({ kind, tierSeconds }) => kind === 'services' && tierSeconds === 10)).toHaveLength(total);
  } finally {
    await database.close();
    await postgres.remove();
  }
}, 180_000);
