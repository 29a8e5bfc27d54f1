// Alerts for tests: on a real database, with a clock and real servers that the test moves.
import type { Override } from '@weir/model';
import { pino } from 'pino';
import { Alerts } from '../alerts/alerts.ts';
import type { AlertsParts } from '../alerts/alerts.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import type { DirectorView, LinkState } from '../gateway/director-view.ts';
import { HeardHealth } from '../gateway/heard-health.ts';
import type { AlertRule } from '../../alerts/alert.ts';
import { ann, migrated } from './control-plane.ts';

export interface AlertsBench {
  readonly db: Database;
  readonly alerts: Alerts;
  /** A look at what is so after so much time, and all that is sent because of it. */
  readonly after: (ms: number) => Promise<void>;
  /** These are down, by the word of the director; all others are up. */
  readonly down: (...realServerIds: string[]) => void;
  readonly link: (state: LinkState) => void;
  /** A person takes these out for maintenance. */
  readonly takeOut: (...realServerIds: string[]) => void;
  readonly rule: (kind: AlertRule['kind'], more: Partial<AlertRule>) => Promise<void>;
  readonly nowMs: () => number;
  /** As after kill -9: the database hears no more of this one, and another goes on with it. */
  readonly killed: () => Promise<AlertsBench>;
  readonly close: () => Promise<void>;
}

/** A Monday, noon in UTC. */
export const noonMs = Date.parse('2026-11-23T12:00:00Z');

interface Kept {
  readonly clock: { ms: number };
  readonly heard: HeardHealth;
  readonly director: { link: LinkState; takenOut: readonly string[] };
  readonly names: { cluster: string };
}

const logger = pino({ level: 'silent' });
export const realServers = ['a', 'b', 'c'];

/** One cluster `shop` with one service `web`, on one director. */
export async function startAlertsBench(databaseUrl: string, options: { readonly deadlineMs?: number; readonly clusterName?: string } = {}, kept?: Kept): Promise<AlertsBench> {
  if (kept === undefined) await migrated(databaseUrl);
  const now: Kept = kept ?? { clock: { ms: noonMs }, heard: new HeardHealth(), director: { link: 'connected', takenOut: [] }, names: { cluster: options.clusterName ?? 'shop' } };
  const { clock, heard, director } = now;
  const database = openDatabase(databaseUrl, logger);
  const alerts = new Alerts({ ...sources(now), db: database.db, certificate: null, logger, nowMs: () => clock.ms, random: () => 1, origin: 'https://weir.example.org', deadlineMs: options.deadlineMs ?? 15_000 });
  const down = (...ids: string[]): void => { heard.take(healthOf(ids, clock.ms)); };
  if (kept === undefined) down();
  await alerts.start();
  return {
    db: database.db, alerts, down, nowMs: () => clock.ms,
    link: (state) => { director.link = state; },
    takeOut: (...ids) => { director.takenOut = ids; },
    after: async (ms) => {
      clock.ms += ms;
      await alerts.look();
      await alerts.idle();
    },
    rule: async (kind, more) => {
      const rule = alerts.rules().find((one) => one.kind === kind);
      if (rule !== undefined) await alerts.setRule(ann, { ...rule, ...more });
    },
    killed: async () => {
      await database.close();
      return startAlertsBench(databaseUrl, options, now);
    },
    close: async () => {
      await alerts.close();
      await database.close();
    },
  };
}

function healthOf(down: readonly string[], atMs: number): Parameters<HeardHealth['take']>[0] {
  const standings = realServers.map((realServerId) => ({
    realServerId, standing: down.includes(realServerId) ? 'down' as const : 'up' as const, sinceMs: atMs, isUp: !down.includes(realServerId), isUsed: true, rule: { code: 'fell' as const, params: {}, sinceMs: atMs },
  }));
  const few = down.length > 1;
  const state = { code: few ? 'belowGoOn' as const : 'allUp' as const, params: { usable: realServers.length - down.length, needed: 2, of: realServers.length }, sinceMs: atMs };
  return { kind: 'health', bootId: 'boot', whole: true, atMs, checker: { targets: 3, late: null, braked: null }, services: [{ clusterId: 'c1', serviceId: 'web', state, sorry: false, realServers: standings }] };
}

function takenOut(realServerId: string): Override {
  return { id: `m-${realServerId}`, target: { clusterId: 'c1', serviceId: 'web', realServerId }, cause: 'maintenance', effect: { kind: 'remove' }, author: 'Ann', reason: '', startsAtMs: 0, endsAtMs: null };
}

/** What the gateway and the clusters would say of it. */
function sources({ heard, director, names }: Kept): Pick<AlertsParts, 'gateway' | 'clusters' | 'drift'> {
  const view = (): DirectorView => ({
    id: 'd1', name: 'lvs-a', address: '', keyHash: '', enrolledAt: new Date(noonMs), hello: null, accepted: null, drift: 0, driftSinceMs: null,
    link: { state: director.link, since: noonMs, lastSeenAt: null, error: null },
  });
  const definition = { directors: [{ directorId: 'd1' }], services: [{ id: 'web', name: 'web', realServers: realServers.map((id) => ({ id, name: `rs-${id}` })) }] };
  return {
    gateway: {
      directors: () => [view()], director: () => view(), health: () => heard,
      stateNow: () => (director.link === 'connected' ? { overrides: director.takenOut.map(takenOut) } : null),
    },
    clusters: { allWanted: () => [{ clusterId: 'c1', name: names.cluster, definition }], nameOf: () => names.cluster },
    drift: { counted: (directors: readonly DirectorView[]) => [...directors], ofDirector: () => ({ heard: null }) },
  } as unknown as Pick<AlertsParts, 'gateway' | 'clusters' | 'drift'>;
}
