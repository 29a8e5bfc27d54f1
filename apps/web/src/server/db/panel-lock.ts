// One panel per database: a session-level advisory lock on a connection of its own.
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { StartError } from '../errors.ts';

// "WEIR" in ASCII, and the first lock of it.
const lockKeys = [0x57_45_49_52, 1] as const;
// A panel that was killed a moment ago still holds the lock until its server process has noticed.
const patienceMs = 2_000;
const retryMs = 200;
const heartbeatMs = 5_000;
const deadlineMs = 5_000;

export interface PanelLock {
  /** For the migrations, which only the holder may do; after them it is the lock's alone. */
  readonly client: Client;
  /** From now on asks all the time whether the server is there. Not before the migrations are done: what asks would wait behind them. */
  watch(): void;
  release(): Promise<void>;
}

/** `onLost` is called once, when the lock may be another's from now on. */
export async function takePanelLock(url: string, onLost: (reason: string) => void): Promise<PanelLock> {
  const client = new Client({
    connectionString: url,
    application_name: `weir-panel ${process.pid}@${hostname()}`,
    connectionTimeoutMillis: deadlineMs,
    keepAlive: true,
  });
  let over = false;
  const lost = (reason: string): void => {
    if (over) return;
    over = true;
    onLost(reason);
  };
  let held = false;
  client.on('error', (error) => held && lost(error.message));
  client.on('end', () => held && lost('the connection ended'));
  await client.connect();
  try {
    await untilLocked(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  held = true;
  let heartbeat: NodeJS.Timeout | undefined;
  return {
    client,
    watch: () => {
      heartbeat = setInterval(() => {
        void within(client.query('SELECT 1'), deadlineMs).catch((error: unknown) => lost(String(error)));
      }, heartbeatMs);
      heartbeat.unref();
    },
    release: async () => {
      over = true;
      clearInterval(heartbeat);
      await client.end();
    },
  };
}

async function untilLocked(client: Client): Promise<void> {
  // The server ends the session of a panel whose host vanished in half a minute, not in TCP's two hours.
  await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4; SET idle_session_timeout = 0');
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [...lockKeys]);
    if (rows[0]?.locked === true) return;
    if (Date.now() > giveUpAt) throw new StartError(await describeHolder(client));
    await delay(retryMs);
  }
}

async function describeHolder(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string | null; since: Date | null }>(
    `SELECT activity.application_name AS name, activity.backend_start AS since
       FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid)
      WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 2
        AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND held.classid = $1 AND held.objid = $2`,
    [...lockKeys],
  );
  const holder = rows[0];
  const [, pid, host] = /^weir-panel (\d+)@(.+)$/.exec(holder?.name ?? '') ?? [];
  const who = pid === undefined || host === undefined ? 'unknown to this database user' : `process ${pid} on host ${host}`;
  const since = holder?.since == null ? '' : `, since ${holder.since.toISOString()}`;
  return `Another panel holds this database (${who}${since}): stop it first, or give this one a database of its own.`;
}

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer for ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
