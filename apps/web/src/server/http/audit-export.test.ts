// The audit log through the panel's own server: filtered, in pages, and as a file.
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Prisma } from '../db/generated/client.ts';
import { refusalOf, openTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';

let panel: TestPanel;
const cookies: Record<string, string> = {};
const many = 1_000;

beforeAll(async () => {
  panel = await openTestPanel();
  const { db } = panel.services;
  for (const role of ['viewer', 'operator', 'admin'] as const) cookies[role] = await panel.signIn((await panel.person(role, role)).email);
  const entry = { actorName: 'Eve', action: 'clusters.save', objectKind: 'cluster', objectId: 'c1', objectName: '=cmd|web_1', outcome: 'done' } as const;
  await db.auditEntry.createMany({
    data: Array.from({ length: many }, (_, n) => ({ ...entry, objectId: `c${n}`, at: new Date(Date.UTC(2020, 0, 1, 0, 0, n)), after: { n, text: 'x'.repeat(1_000) } })),
  });
  await db.auditEntry.createMany({
    data: [
      { ...entry, actorName: null, action: 'changes.finish', objectName: '100% web', outcome: 'failed', at: new Date('2019-01-01T00:00:00Z') },
      { ...entry, actorName: 'Eve_2', action: 'people.remove', objectKind: 'person', objectId: 'p1', objectName: 'Bob', at: new Date('2019-01-02T00:00:00Z'), before: Prisma.DbNull },
    ],
  });
});
afterAll(() => panel.close());

const exported = (query: string, caller = 'admin', more: RequestInit = {}): Promise<Response> => fetch(`${panel.origin}/api/audit-log?${query}`, {
  ...more, headers: { ...(cookies[caller] !== undefined && { cookie: cookies[caller] }) },
});

describe('the audit log', () => {
  it.each([
    [{ person: 'eve_' }, ['people.remove']],
    [{ action: 'people.r' }, ['people.remove']],
    [{ action: '_eople.r' }, []],
    [{ object: '0% W' }, ['changes.finish']],
    [{ object: 'p1' }, ['people.remove']],
    [{ object: 'perso' }, ['people.remove']],
    [{ object: '\\' }, []],
    [{ outcome: 'failed' }, ['changes.finish']],
    [{ to: '2019-01-02T00:00:00Z' }, ['changes.finish']],
    [{ from: '2019-01-02T00:00:00Z', to: '2020-01-01T00:00:00Z' }, ['people.remove']],
    [{ person: 'eve', outcome: 'failed' }, []],
  ] as const)('with the filter %j has %j', async (filter, actions) => {
    const { entries, next } = await panel.api(cookies['admin']).audit.list.query({ filter });
    expect([entries.map(({ action }) => action), next]).toEqual([actions, null]);
  });

  it('is paged without a gap while it grows', async () => {
    const { audit } = panel.api(cookies['admin']);
    const filter = { action: 'clusters.', to: '2020-01-01T00:00:30Z' };
    const first = await audit.list.query({ filter, limit: 20 });
    await panel.services.db.auditEntry.create({ data: { action: 'clusters.late', objectKind: 'cluster', outcome: 'done', at: new Date('2020-01-01T00:00:00Z') } });
    const second = await audit.list.query({ filter, limit: 20, ...(first.next !== null && { before: first.next }) });
    expect([...first.entries, ...second.entries].map(({ objectId }) => objectId)).toEqual(Array.from({ length: 30 }, (_, n) => `c${29 - n}`));
    expect(second.next).toBeNull();
  });

  it.each([
    [{ person: '' }], [{ person: 'a\nb' }], [{ action: 'x'.repeat(201) }], [{ outcome: 'lost' }], [{ from: '2026-02-30T00:00:00Z' }], [{ to: 'now' }], [{ more: 1 }],
  ])('refuses the filter %j', async (filter) => {
    expect(await refusalOf(panel.api(cookies['admin']).audit.list.query({ filter: filter as object }))).toEqual({ code: 'badInput', status: 400 });
  });
});

describe('the export', () => {
  it('is every entry that the filter has, once, newest first, as JSON lines', async () => {
    const response = await exported('format=jsonl&action=clusters.save');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="weir-audit-log.jsonl"');
    const lines = (await response.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { objectId: string });
    expect(lines.map(({ objectId }) => objectId)).toEqual(Array.from({ length: many }, (_, n) => `c${many - 1 - n}`));
  });

  it('is CSV in which no name is a formula', async () => {
    const response = await exported('format=csv&object=cmd&to=2020-01-01T00:00:02Z');
    const [head, ...rows] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^id,at,/);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toContain(`,"'=cmd|web_1",`);
  });

  it('is written down with its filter', async () => {
    await (await exported('format=csv&person=nobody')).text();
    expect(await panel.services.db.auditEntry.findFirst({ where: { action: 'audit.export' }, orderBy: { id: 'desc' } }))
      .toMatchObject({ actorName: 'admin', objectKind: 'auditLog', after: { format: 'csv', filter: { person: 'nobody' } }, address: '127.0.0.1' });
  });

  it.each([['nobody', 401, 'signInNeeded'], ['viewer', 403, 'roleTooSmall'], ['operator', 403, 'roleTooSmall']])('is not for %s', async (caller, status, code) => {
    const response = await exported('format=csv', caller);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
    expect(await panel.services.db.auditEntry.count({ where: { action: 'audit.export', outcome: 'refused', ...(caller !== 'nobody' && { actorName: caller }) } })).toBeGreaterThan(0);
  });

  it.each(['', 'format=xml', 'format=csv&format=csv', 'format=csv&outcome=lost', 'format=csv&more=1', 'format=csv&__proto__=1'])('refuses the query %j', async (query) => {
    const response = await exported(query);
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'badInput' } }]);
  });

  it.each([['cross-site', 403], ['same-site', 403], ['same-origin', 200], ['none', 200]])('asked for from %s is answered with %i', async (site, status) => {
    const written = (): Promise<number> => panel.services.db.auditEntry.count({ where: { action: 'audit.export', outcome: 'done' } });
    const before = await written();
    const response = await fetch(`${panel.origin}/api/audit-log?format=csv&person=nobody`, { headers: { cookie: cookies['admin'] ?? '', 'sec-fetch-site': site } });
    await response.text();
    expect([response.status, await written() - before]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it('answers no other method', async () => {
    expect((await panel.post('/api/audit-log?format=csv', {}, { cookie: cookies['admin'] ?? '' })).status).toBe(404);
    expect((await exported('format=csv', 'admin', { method: 'HEAD' })).status).toBe(404);
  });

  it('reads on only as its receiver takes it, and ends with the session', async () => {
    const cookie = await panel.signIn('admin@example.org');
    const read = vi.spyOn(panel.services.db.auditEntry, 'findMany');
    const socket = connect(Number(new URL(panel.origin).port), '127.0.0.1');
    try {
      // More than the sockets' buffers hold.
      await panel.services.db.auditEntry.createMany({
        data: Array.from({ length: 4_000 }, () => ({ action: 'big.entry', objectKind: 'x', outcome: 'done' as const, after: 'x'.repeat(10_000) })),
      });
      socket.pause();
      socket.write(`GET /api/audit-log?format=jsonl&action=big. HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`);
      let seen = -1;
      await vi.waitFor(() => {
        const before = seen;
        seen = read.mock.calls.length;
        expect(seen).toBeGreaterThan(0);
        expect(seen).toBe(before);
      }, { timeout: 10_000, interval: 500 });
      expect(seen).toBeLessThan(15);
      const [session] = (await panel.api(cookie).session.list.query()).filter(({ current }) => current);
      const closed = once(socket, 'close');
      await panel.api(cookie).session.revoke.mutate({ id: session?.id ?? '' });
      socket.on('error', () => undefined).resume();
      await closed;
      expect(read.mock.calls.length).toBeLessThan(20);
    } finally {
      socket.destroy();
      read.mockRestore();
    }
  });
});
