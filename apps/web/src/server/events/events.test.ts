// Events on a real database: written with what they tell of, read by any filter, told once, and no more kept than may be.
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventFilter, PanelEvent } from '../../events/event.ts';
import { audit } from '../audit.ts';
import { ann, longDeadlines, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { applied } from '../testing/applied.ts';
import { enrolled, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { HealthLog } from '../health/log.ts';
import { Events } from './events.ts';
import type { EventDraft } from './draft.ts';
import { writeEvents } from './draft.ts';

let server: TestServer;
let plane: TestPlane;
let director: TestDirector;
let directorId: string;
let clusterId: string;
const logger = pino({ level: 'silent' });
const t0 = 1_800_000_000_000;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
  director = await startDirector();
  directorId = await enrolled(plane, director, 'lvs-a');
  const definition = webCluster({ name: 'shop', directorIds: [directorId], realServers: [{ address: ownAddress(), port: 8080, weight: 1 }] });
  ({ clusterId } = await plane.clusters.create(ann, { definition, reason: 'the first' }));
  await applied(plane, clusterId);
});
afterAll(async () => {
  await plane.close();
  await director.remove();
  await server.remove();
});

async function list(filter: EventFilter, limit = 100, sees = true): Promise<readonly PanelEvent[]> {
  return (await plane.events.read({ filter, limit }, () => sees)).events;
}

const words = (events: readonly PanelEvent[]): string[] => events.map(({ kind, code }) => `${kind} ${code}`);

function draft(n: number, more: Partial<EventDraft> = {}): EventDraft {
  return { atMs: t0 + n * 1_000, kind: 'checker', code: 'late', tone: 'warn', object: { clusterId: 'many', directorId: 'd-many' }, params: {}, person: null, link: null, ...more };
}

function ofDirector(n: number, more: Partial<EventDraft>): EventDraft {
  return draft(n, { kind: 'director', code: 'silent', tone: 'bad', object: { directorId, directorName: 'lvs-a' }, ...more });
}

describe('what people do', () => {
  it('is an event from the moment in which it is in the audit log: enrolled, saved, ordered, applied', async () => {
    expect(words(await list({ clusterId }))).toEqual(['apply applied', 'apply ordered', 'revision created', 'director enrolled']);
    expect(words(await list({ directorId, kinds: ['director'] }))).toContain('director enrolled');
    const [finished, , created] = await list({ clusterId });
    expect(finished).toMatchObject({ tone: 'good', person: 'Ann', object: { clusterName: 'shop' }, params: { revision: 1, directors: 1 }, evidence: { directors: [{ director: 'lvs-a', outcome: 'applied' }] } });
    expect(finished?.link).toMatch(/^\/changes\/.+/);
    expect(created).toMatchObject({ link: `/clusters/${clusterId}/revisions/1`, params: { revision: 1 }, evidence: { reason: 'the first' } });
  });

  it('says whom an override concerns, by id and name', async () => {
    await plane.overrides.set(ann, { clusterId, target: { kind: 'realServer', serviceId: 'web', realServerId: 'rs-0' }, effect: { kind: 'weight', weight: 7 }, reason: '', endsAtMs: null });
    expect(await list({ realServerId: 'rs-0', kinds: ['override'] })).toMatchObject([
      { code: 'set', object: { serviceId: 'web', serviceName: 'web', realServerName: 'rs-0' }, params: { effect: 'weight', weight: 7, directors: 1 } },
    ]);
  });

  it('does not become an event where it failed with its change, or where it is about people alone', async () => {
    const written = { where: { auditEntryId: { not: null } } };
    const before = await plane.db.event.count(written);
    await expect(plane.db.$transaction(async (tx) => {
      await audit(tx, ann, { action: 'clusters.save', object: { kind: 'cluster', id: clusterId, name: 'shop' }, after: { revision: 9 } });
      throw new Error('taken back');
    })).rejects.toThrow('taken back');
    await audit(plane.db, ann, { action: 'people.create', object: { kind: 'person', id: 'p' } });
    await audit(plane.db, ann, { action: 'clusters.save', object: { kind: 'procedure', name: 'clusters.save' }, outcome: 'refused' });
    expect(await plane.db.event.count(written)).toBe(before);
  });

  it('from before there were events is told at the next start, once', async () => {
    const told = words(await list({ clusterId }));
    await plane.db.event.deleteMany({ where: { auditEntryId: { not: null } } });
    await plane.db.watched.deleteMany({ where: { key: 'past' } });
    const events = new Events({ ...plane, logger, nowMs: Date.now });
    for (let start = 0; start < 2; start += 1) {
      await events.start();
      await events.close();
      expect(words(await list({ clusterId }))).toEqual(told);
    }
  });
});

describe('what happens to a director', () => {
  it('is found with the cluster that it serves, in its place among what is the cluster’s own, and with no other', async () => {
    await writeEvents(plane.db, [
      ofDirector(1, {}), ofDirector(2, { kind: 'health', code: 'down', object: { clusterId, directorId } }), ofDirector(3, { kind: 'drift', code: 'began' }),
      ofDirector(4, { object: { directorId: 'another' } }), ofDirector(5, { object: { clusterId: 'other', directorId } }),
    ], t0 + 10_000);
    const mine = { clusterId, fromMs: t0 + 1_000, toMs: t0 + 6_000 };
    expect(words(await list(mine))).toEqual(['drift began', 'health down', 'director silent']);
    expect(words(await list({ ...mine, directorId }))).toEqual(['drift began', 'health down', 'director silent']);
    expect(words(await list({ ...mine, kinds: ['director'] }))).toEqual(['director silent']);
    expect(words(await list({ ...mine, text: 'lvs-a' }))).toEqual(['drift began', 'director silent']);
    expect(words(await list({ ...mine, serviceId: 'web' }))).toEqual(['drift began', 'director silent']);
    expect([await list({ ...mine, serviceId: 'web', realServerId: 'rs-0' }), await list({ ...mine, directorId: 'another' }), await list({ ...mine, clusterId: 'gone' })]).toEqual([[], [], []]);
    const [newest] = await list(mine, 1);
    const { events } = await plane.events.read({ filter: mine, before: newest?.id, limit: 1 }, () => true);
    expect(words(events)).toEqual(['health down']);
  });
});

describe('a filter', () => {
  beforeAll(async () => {
    const tones = ['good', 'plain', 'warn', 'bad'] as const;
    const many = Array.from({ length: 300 }, (_, n) => draft(n, { tone: tones[n % 4] ?? 'plain', object: { clusterId: 'many', clusterName: n === 7 ? 'Needle_%' : 'hay', directorId: 'd-many' } }));
    await writeEvents(plane.db, many, t0 + 1_000_000);
  });

  it('gives pages, newest first, that miss none and repeat none', async () => {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await plane.events.read({ filter: { clusterId: 'many', tones: ['warn', 'bad'] }, limit: 40, ...(before !== undefined && { before }) }, () => true);
      seen.push(...page.events.map(({ atMs }) => String((atMs - t0) / 1_000)));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(Array.from({ length: 300 }, (_, n) => 299 - n).filter((n) => n % 4 >= 2).map(String));
  });

  it('bounds by time, and finds part of a name whatever its letters', async () => {
    expect((await list({ clusterId: 'many', fromMs: t0 + 10_000, toMs: t0 + 12_000 })).map(({ atMs }) => atMs - t0)).toEqual([11_000, 10_000]);
    expect(await list({ clusterId: 'many', text: 'nEEDLE_%' })).toMatchObject([{ atMs: t0 + 7_000 }]);
    expect(await list({ clusterId: 'many', text: 'needle__' })).toEqual([]);
  });

  it('finds nothing before an event that is kept no more', async () => {
    expect(await plane.events.read({ filter: {}, before: '9223372036854775807', limit: 10 }, () => true)).toEqual({ events: [], next: null });
  });
});

describe('what happened', () => {
  it('after the moment in which it was heard, by a clock ahead, is told as of now', async () => {
    await writeEvents(plane.db, [draft(5_000_000, { object: { directorId: 'ahead' } })], t0);
    expect(await list({ directorId: 'ahead' })).toMatchObject([{ atMs: t0, heardAtMs: t0 }]);
  });

  it('to real servers shows what was sent to those who operate the cluster alone, and odd words of a newer agent as they are', async () => {
    const log = new HealthLog({ db: plane.db, logger, namesOf: () => ({ clusterName: 'shop', serviceName: 'web', realServerName: 'rs-9' }) });
    const lastTry = { checkId: 'tcp', startedAtMs: t0, tookMs: 3, sent: 'GET /secret', expected: null, received: null, certificateEndsAtMs: null, result: { kind: 'failed' as const, failure: 'refused' as const, detail: null } };
    const change = { atMs: t0, clusterId, serviceId: 'web', realServerId: 'rs-9', from: 'up', rule: { code: 'fell', params: { check: 'tcp' }, sinceMs: t0 }, lastTry };
    log.add({ directorId, directorName: 'lvs-a' }, { kind: 'healthChanges', bootId: 'b', missed: 0, changes: [{ ...change, sequence: 1, to: 'down' }, { ...change, sequence: 2, to: 'constructor' }] });
    await log.close();
    expect(await list({ realServerId: 'rs-9' })).toMatchObject([{ code: 'changed', params: { to: 'constructor' } }, { code: 'down', tone: 'bad', evidence: { sent: 'GET /secret' } }]);
    expect(JSON.stringify(await list({ realServerId: 'rs-9' }, 10, false))).not.toContain('/secret');
  });

  it('is written once, and of all of it the newest stay', async () => {
    await expect(plane.db.event.updateMany({ data: { code: 'other' } })).rejects.toThrow('append-only');
    const few = new Events({ ...plane, logger, nowMs: () => t0, rowsMax: 3 });
    await few.sweep();
    // What the panel itself tells meanwhile is newer than these.
    expect(await plane.db.event.count({ where: { clusterId: 'many' } })).toBe(0);
    expect(await plane.db.event.count({ where: { realServerId: 'rs-9' } })).toBeLessThanOrEqual(2);
  });

  it('and was swept is not told again from the audit log, though nothing of it is left', async () => {
    await plane.db.event.deleteMany({ where: { auditEntryId: { not: null } } });
    for (const isKnown of [true, false]) {
      if (!isKnown) await plane.db.watched.deleteMany({ where: { key: 'past' } });
      const again = new Events({ ...plane, logger, nowMs: Date.now, rowsMax: 2 });
      await writeEvents(plane.db, [draft(1), draft(2)], Date.now());
      await again.start();
      await again.close();
      expect(await plane.db.event.count({ where: { auditEntryId: { not: null } } })).toBe(0);
    }
  });

  it('more than a year ago goes', async () => {
    const dayMs = 24 * 3_600_000;
    await writeEvents(plane.db, [draft(0, { object: { clusterId: 'new' } })], t0);
    await new Events({ ...plane, logger, nowMs: () => t0 + 399 * dayMs }).sweep();
    expect(await list({ clusterId: 'new' })).toHaveLength(1);
    await writeEvents(plane.db, [draft(0, { object: { clusterId: 'newer' } })], t0 + 401 * dayMs);
    await new Events({ ...plane, logger, nowMs: () => t0 + 401 * dayMs }).sweep();
    expect([await list({ clusterId: 'new' }), await list({ clusterId: 'newer' })]).toMatchObject([[], [{ code: 'late' }]]);
  });
});
