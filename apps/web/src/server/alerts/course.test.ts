// The course of alerts on a real database, with a clock handed in: what fires, what is hidden, what goes on after a restart.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAlertsBench } from '../testing/alerts-bench.ts';
import type { AlertsBench } from '../testing/alerts-bench.ts';
import { ann, bob } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';

let server: TestServer;
let bench: AlertsBench;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  bench = await startAlertsBench(await server.createDatabase());
  await bench.rule('realServerDown', { forSeconds: 60 });
});
afterEach(() => bench.close());

/** `rule of object: state`, what is current before what is past. */
async function shown(): Promise<string[]> {
  const [current, past] = await Promise.all((['current', 'past'] as const).map((which) => bench.alerts.list({ which, limit: 100 })));
  return [...current?.alerts ?? [], ...past?.alerts ?? []].map(({ rule, object, state, unknown }) => `${rule} ${object.realServerId ?? object.directorId ?? object.serviceId ?? ''}: ${state}${unknown ? ', not known' : ''}`);
}

const events = async (): Promise<string[]> => (await bench.db.event.findMany({ where: { kind: 'alert' }, orderBy: { id: 'asc' } })).map(({ code }) => code);

describe('an alert', () => {
  it('is pending, fires after its time, ends, and is an event when it does', async () => {
    bench.down('a');
    await bench.after(0);
    expect(await shown()).toEqual(['realServerDown a: pending']);
    await bench.after(59_000);
    expect(await events()).toEqual([]);
    await bench.after(1_000);
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: firing']);
    bench.down();
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: ended']);
    expect(await events()).toEqual(['fired', 'ended']);
    const [alert] = (await bench.alerts.list({ which: 'past', limit: 10 })).alerts;
    expect(alert).toMatchObject({ object: { clusterName: 'shop', serviceName: 'web', realServerName: 'rs-a' }, params: { realServer: 'rs-a' }, link: '/clusters/c1/services/web/health/a' });
  });

  it('that passes before its time leaves nothing', async () => {
    bench.down('a');
    await bench.after(0);
    bench.down();
    await bench.after(30_000);
    expect(await shown()).toEqual([]);
  });

  it('goes on after a restart, pending or firing, and fires once', async () => {
    bench.down('a');
    await bench.after(0);
    bench = await bench.killed();
    await bench.after(60_000);
    expect(await shown()).toEqual(['realServerDown a: firing']);
    bench = await bench.killed();
    await bench.after(60_000);
    bench.down();
    await bench.after(1_000);
    expect(await events()).toEqual(['fired', 'ended']);
  });

  it('counts from when it was first seen, also over a restart, whatever the director says since when it holds; that is told', async () => {
    const downMs = bench.nowMs();
    bench.down('a');
    await bench.after(600_000);
    expect(await shown()).toEqual(['realServerDown a: pending']);
    bench = await bench.killed();
    await bench.after(59_000);
    expect(await shown()).toEqual(['realServerDown a: pending']);
    await bench.after(1_000);
    bench = await bench.killed();
    expect((await bench.alerts.list({ which: 'current', limit: 10 })).alerts).toMatchObject([{ state: 'firing', sinceMs: downMs, firedAtMs: bench.nowMs() }]);
    bench.down();
    await bench.after(1_000);
    expect((await bench.alerts.list({ which: 'past', limit: 10 })).alerts).toMatchObject([{ sinceMs: downMs }]);
  });

  it('that was written though nobody heard so is found, and does not begin twice', async () => {
    bench.down('a');
    await bench.db.alert.create({ data: { id: 'lost', rule: 'realServerDown', key: 'c1/web/a', params: {}, since: new Date(bench.nowMs()) } });
    await expect(bench.after(0)).rejects.toThrow('Alert_open_key');
    await bench.after(60_000);
    expect((await bench.alerts.list({ which: 'current', limit: 10 })).alerts).toMatchObject([{ id: 'lost', state: 'firing' }]);
  });

  it('is hidden behind a silent director: what was pending does not fire, what fired does not end', async () => {
    bench.down('a');
    await bench.after(60_000);
    await bench.after(60_000);
    bench.down('a', 'b');
    await bench.after(1_000);
    bench.link('silent');
    await bench.after(600_000);
    await bench.after(600_000);
    expect((await shown()).toSorted()).toEqual(['belowQuorum web: pending, not known', 'directorSilent d1: firing', 'realServerDown a: firing, not known', 'realServerDown b: pending, not known']);
    bench.link('connected');
    bench.down('b');
    await bench.after(1_000);
    expect((await shown()).toSorted()).toEqual(['directorSilent d1: ended', 'realServerDown a: ended', 'realServerDown b: firing']);
  });

  it('after a start of the panel neither ends nor begins before its director is heard', async () => {
    bench.down('a');
    await bench.after(0);
    await bench.after(60_000);
    bench = await bench.killed();
    bench.link('connecting');
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: firing, not known']);
  });

  it('says what is seen as it fires, and on the page what is seen now', async () => {
    await bench.rule('belowQuorum', { forSeconds: 60 });
    const usable = async (): Promise<unknown[]> => [
      (await bench.alerts.list({ which: 'current', limit: 10 })).alerts.filter(({ rule }) => rule === 'belowQuorum').map(({ params }) => params['usable']),
      (await bench.db.alert.findMany({ where: { rule: 'belowQuorum' } })).map(({ params }) => (params as { usable: number }).usable),
    ].flat();
    bench.down('a', 'b');
    await bench.after(0);
    bench.down('a', 'b', 'c');
    await bench.after(30_000);
    expect(await usable()).toEqual([0, 1]);
    await bench.after(30_000);
    expect(await usable()).toEqual([0, 0]);
    bench.down('a', 'b');
    await bench.after(1_000);
    expect(await usable()).toEqual([1, 0]);
  });

  it('about a real server that a person takes out ends without being over, and begins anew where it is down still', async () => {
    bench.down('a');
    await bench.after(0);
    await bench.after(60_000);
    bench.takeOut('a');
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: ended']);
    expect(await events()).toEqual(['fired', 'unwatched']);
    bench.takeOut();
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: pending', 'realServerDown a: ended']);
    await bench.after(60_000);
    expect(await events()).toEqual(['fired', 'unwatched', 'fired']);
  });

  it('of a rule that is switched off, or is for other clusters, ends', async () => {
    bench.down('a');
    await bench.after(0);
    await bench.after(60_000);
    await bench.rule('realServerDown', { clusterIds: ['another'] });
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: ended']);
    // Which is not to say that the real server is up.
    expect((await bench.alerts.list({ which: 'past', limit: 10 })).alerts).toMatchObject([{ unwatched: true }]);
    expect(await events()).toEqual(['fired', 'unwatched']);
    await bench.rule('realServerDown', { clusterIds: ['c1'] });
    await bench.after(60_000);
    await bench.after(60_000);
    expect((await shown())[0]).toBe('realServerDown a: firing');
    await bench.rule('realServerDown', { on: false });
    await bench.after(1_000);
    expect(await shown()).toEqual(['realServerDown a: ended', 'realServerDown a: ended']);
  });
});

describe('acknowledging', () => {
  it('is done once, by name and with a note, in the audit log and as an event', async () => {
    bench.down('a');
    await bench.after(0);
    await bench.after(60_000);
    const [alert] = (await bench.alerts.list({ which: 'current', limit: 10 })).alerts;
    const order = { alertId: alert?.id ?? '', note: 'rebooting it' };
    bench.down('a', 'b');
    await bench.after(0);
    const pending = (await bench.alerts.list({ which: 'current', limit: 10 })).alerts.find(({ state }) => state === 'pending');
    await expect(bench.alerts.acknowledge(ann, { ...order, alertId: pending?.id ?? '', clusterId: 'c1' })).rejects.toMatchObject({ code: 'alertNotOpen' });
    bench.down('a');
    await bench.after(0);
    await expect(bench.alerts.acknowledge(ann, { ...order, clusterId: 'another' })).rejects.toMatchObject({ code: 'noSuchAlert' });
    await expect(bench.alerts.acknowledge(ann, { ...order, clusterId: null })).rejects.toMatchObject({ code: 'noSuchAlert' });
    await bench.alerts.acknowledge(ann, { ...order, clusterId: 'c1' });
    await expect(bench.alerts.acknowledge(bob, { ...order, clusterId: 'c1' })).rejects.toMatchObject({ code: 'alertNotOpen' });
    expect((await bench.alerts.list({ which: 'current', limit: 10 })).alerts).toMatchObject([{ acknowledged: { person: 'Ann', note: 'rebooting it' } }]);
    expect(await bench.db.event.findMany({ where: { code: 'acknowledged' } })).toMatchObject([{ person: 'Ann', clusterId: 'c1', realServerId: 'a', params: { rule: 'realServerDown' } }]);
    expect(await bench.db.auditEntry.findMany({ where: { action: 'alerts.acknowledge' } })).toMatchObject([{ actorName: 'Ann', after: { note: 'rebooting it' } }]);
  });
});

describe('of more current alerts than one answer holds', () => {
  it('the worst are shown, and how many there are is said', async () => {
    await bench.db.alert.createMany({ data: Array.from({ length: 600 }, (_, n) => ({ id: `d${n}`, rule: 'drift', key: `d${n}`, params: {}, since: new Date(bench.nowMs() + n), firedAt: new Date(bench.nowMs() + n) })) });
    await bench.db.alert.create({ data: { id: 'worst', rule: 'belowQuorum', key: 'c1/web', params: {}, since: new Date(0), firedAt: new Date(0) } });
    const { alerts, total } = await bench.alerts.list({ which: 'current', limit: 10 });
    expect([alerts.length, total, alerts[0]?.id, alerts[1]?.id]).toEqual([500, 601, 'worst', 'd599']);
  });
});

describe('past alerts', () => {
  it('come by pages that miss none, and of them the newest stay', async () => {
    await bench.rule('realServerDown', { forSeconds: 0 });
    for (let n = 0; n < 5; n += 1) {
      bench.down('a', 'b');
      await bench.after(1_000);
      bench.down();
      await bench.after(1_000);
    }
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page = await bench.alerts.list({ which: 'past', clusterId: 'c1', limit: 3, ...(before !== undefined && { before }) });
      ids.push(...page.alerts.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(await bench.db.alert.count({ where: { endedAt: { not: null } } }));
  });
});
