// Drift, made behind the panel's back on a real agent's forwarder: told, ignored until it ends, and adopted as a draft.
import { ProxyForwarder } from '@weir/forwarder';
import type { Operation } from '@weir/model';
import { nanoid } from 'nanoid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDraft } from '../drafts/drafts.ts';
import { applied } from '../testing/applied.ts';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import type { DriftRow } from './drift-view.ts';
import { Ignoring } from './ignoring.ts';

let server: TestServer;
let plane: TestPlane;
let agent: TestDirector;
let forwarder: ProxyForwarder;
let directorId: string;
let name: string;
let clusterId: string;
let vip: string;

const hourMs = 3_600_000;
const rip = ownAddress();

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  await plane.db.user.create({ data: { id: ann.person.id, name: ann.person.name, email: 'ann@weir.test' } });
});
afterEach(async () => {
  await agent.remove();
});
afterAll(async () => {
  await plane.close();
  await server.remove();
});
beforeEach(async () => {
  forwarder = new ProxyForwarder();
  agent = await startDirector(() => Promise.resolve(forwarder));
  name = `lvs-${nanoid(6)}`;
  directorId = await enrolled(plane, agent, name);
  vip = ownAddress();
  const definition = webCluster({ directorIds: [directorId], vip, realServers: [{ address: rip, port: 80 }, { address: rip, port: 81 }] });
  ({ clusterId } = await plane.clusters.create(ann, { definition, reason: '' }));
  await applied(plane, clusterId);
  await vi.waitFor(() => {
    if (plane.drift.ofCluster(clusterId)[0]?.heard?.count !== 0) throw new Error('not heard yet');
  }, longWait);
});

async function byHand(change: (service: Extract<Operation, { kind: 'removeService' }>['removed']) => Operation): Promise<void> {
  const { services } = await forwarder.read();
  const own = services.find(({ address }) => address.kind === 'address' && address.vip === vip);
  if (own === undefined) throw new Error('the service is there');
  const [result] = await forwarder.apply([change(own)], { onFailure: 'goOn' });
  expect(result).toEqual({ status: 'done' });
}

const weightByHand = (weight: number): Promise<void> => byHand(({ address, realServers: [first] }) => {
  if (first === undefined) throw new Error('it has real servers');
  return { kind: 'setRealServer', service: address, endpoint: first.endpoint, before: first.settings, after: { ...first.settings, weight } };
});

async function difference(count = 1): Promise<DriftRow> {
  await vi.waitFor(() => expect(plane.drift.ofCluster(clusterId)[0]?.heard?.rows).toHaveLength(count), longWait);
  const [row] = plane.drift.ofCluster(clusterId)[0]?.heard?.rows ?? [];
  if (row === undefined) throw new Error('a difference');
  return row;
}

const driftCount = (): number | null => plane.drift.counted(plane.gateway.directors()).find(({ id }) => id === directorId)?.drift ?? null;
const inAnHour = (): number => Date.now() + hourMs;

describe('drift of a cluster', () => {
  it('says what would end it, and since when', async () => {
    await weightByHand(5);
    expect(await difference()).toMatchObject({ clusterId, ignored: null, operation: { kind: 'setRealServer', before: { weight: 5 }, after: { weight: 1 } } });
    expect(plane.drift.ofDirector(directorId)).toMatchObject({ name, heard: { count: 1, sinceMs: expect.any(Number) as unknown } });
  });

  it('claims no more than is told where a director differs more than it lists', async () => {
    const wide = webCluster({ directorIds: [directorId], realServers: Array.from({ length: 120 }, (_, at) => ({ address: rip, port: 1_000 + at })) });
    const { clusterId: wideId } = await plane.clusters.create(ann, { definition: wide, reason: '' });
    await applied(plane, wideId);
    const removed = (await forwarder.read()).services.find(({ realServers }) => realServers.length === 120);
    if (removed === undefined) throw new Error('the service is there');
    await forwarder.apply([{ kind: 'removeService', service: removed.address, removed }], { onFailure: 'goOn' });
    await vi.waitFor(() => expect(plane.drift.ofCluster(wideId)).toMatchObject([{ heard: { count: 100, atLeast: true } }]), longWait);
    expect(plane.drift.ofCluster(clusterId)).toMatchObject([{ heard: { count: 0, rows: [], atLeast: true } }]);
    expect(plane.drift.ofDirector(directorId)).toMatchObject({ heard: { count: 121, atLeast: false } });
    const [ofCluster, ofOther, ofAll] = await Promise.all([wideId, clusterId, null].map((id) => plane.drift.whole(directorId, id)));
    expect([ofCluster?.heard?.rows.length, ofOther?.heard?.rows.length, ofAll?.heard?.rows.length]).toEqual([121, 0, 121]);
    expect([ofCluster, ofOther, ofAll].map((drift) => drift?.heard?.atLeast)).toEqual([false, false, false]);
    expect(ofCluster?.heard?.rows.slice(0, 100).map(({ key }) => key)).toEqual(plane.drift.ofCluster(wideId)[0]?.heard?.rows.map(({ key }) => key));
  });
});

describe('ignoring a difference', () => {
  it('takes it out of the count, says who, why and until when, and is in the audit log', async () => {
    await weightByHand(5);
    const { key } = await difference();
    const endsAtMs = inAnHour();
    await plane.drift.ignore(ann, { clusterId, directorId, key, reason: 'being measured', endsAtMs, hosts: true });
    expect(driftCount()).toBe(0);
    const { ignored } = await difference();
    expect(ignored).toMatchObject({ by: 'Ann', reason: 'being measured', endsAt: new Date(endsAtMs) });
    if (ignored === null) throw new Error('ignored');
    await plane.drift.endIgnoring(ann, { clusterId, id: ignored.id, hosts: true });
    expect(driftCount()).toBe(1);
    await expect(plane.drift.endIgnoring(ann, { clusterId, id: ignored.id, hosts: true })).rejects.toMatchObject({ code: 'noSuchDrift' });
    const log = await plane.db.auditEntry.findMany({ where: { action: { startsWith: 'drift.' }, objectId: directorId }, orderBy: { id: 'asc' }, select: { action: true, objectName: true } });
    expect(log).toEqual([{ action: 'drift.ignore', objectName: name }, { action: 'drift.endIgnoring', objectName: name }]);
  });

  it('ends by itself, and with the difference', async () => {
    await weightByHand(5);
    await plane.drift.ignore(ann, { clusterId, directorId, key: (await difference()).key, reason: 'shortly', endsAtMs: inAnHour(), hosts: true });
    expect(driftCount()).toBe(0);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * hourMs });
    expect(driftCount()).toBe(1);
    vi.useRealTimers();
    expect(driftCount()).toBe(0);
    await plane.db.ignoredDrift.updateMany({ where: { directorId }, data: { since: new Date(1), endsAt: new Date(2) } });
    const later = new Ignoring(plane.db);
    await later.start();
    expect([later.knows(directorId), await plane.db.ignoredDrift.count({ where: { directorId } })], 'the next panel has it no more').toEqual([false, 0]);
    await weightByHand(6);
    await vi.waitFor(async () => expect(await difference()).toMatchObject({ operation: { before: { weight: 6 } }, ignored: null }), longWait);
    expect(driftCount()).toBe(1);
  });

  it('is refused of what is not there, of another cluster, and for too long', async () => {
    await weightByHand(5);
    const { key } = await difference();
    const order = { clusterId, directorId, key, reason: 'why', endsAtMs: inAnHour(), hosts: true };
    await expect(plane.drift.ignore(ann, { ...order, key: '0'.repeat(64) })).rejects.toMatchObject({ code: 'noSuchDrift' });
    await expect(plane.drift.ignore(ann, { ...order, clusterId: 'another' })).rejects.toMatchObject({ code: 'noSuchDrift' });
    await expect(plane.drift.ignore(ann, { ...order, endsAtMs: Date.now() - 1 })).rejects.toMatchObject({ code: 'driftEndNotBetween' });
    await expect(plane.drift.ignore(ann, { ...order, endsAtMs: Date.now() + 91 * 24 * hourMs })).rejects.toMatchObject({ code: 'driftEndNotBetween' });
    expect(driftCount()).toBe(1);
  });
});

describe('a difference that belongs to no cluster alone', () => {
  it('is ignored, and counted again, by those alone who operate all clusters', async () => {
    const [result] = await forwarder.apply([{
      kind: 'addService', service: { kind: 'address', protocol: 'tcp', vip, port: 9_191 }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false },
    }], { onFailure: 'goOn' });
    expect(result).toEqual({ status: 'done' });
    await vi.waitFor(() => expect(plane.drift.ofDirector(directorId).heard?.rows).toMatchObject([{ clusterId: null, operation: { kind: 'removeService' } }]), longWait);
    const [row] = plane.drift.ofDirector(directorId).heard?.rows ?? [];
    const order = { clusterId, directorId, key: row?.key ?? '', reason: 'why', endsAtMs: inAnHour() };
    await expect(plane.drift.ignore(ann, { ...order, hosts: false })).rejects.toMatchObject({ code: 'limitedToClusters' });
    await plane.drift.ignore(ann, { ...order, hosts: true });
    const id = plane.drift.ofDirector(directorId).heard?.rows[0]?.ignored?.id ?? '';
    await expect(plane.drift.endIgnoring(ann, { clusterId, id, hosts: false })).rejects.toMatchObject({ code: 'limitedToClusters' });
    expect(driftCount()).toBe(0);
    await plane.drift.endIgnoring(ann, { clusterId, id, hosts: true });
    expect(driftCount()).toBe(1);
  });
});

const place = () => ({ personId: ann.person.id, clusterId });

describe('adopting', () => {
  it('becomes a draft which, saved, leaves nothing to do there', async () => {
    await weightByHand(5);
    await difference();
    await plane.drift.adopt(ann, { clusterId, directorId, reason: 'as it is on lvs-a' });
    const draft = await readDraft(plane.db, place());
    expect(draft).toMatchObject({ base: 1, values: { reason: 'as it is on lvs-a', definition: { services: [{ realServers: [{ weight: 5 }, { weight: 1 }] }] } } });
    expect(plane.clusters.view(clusterId).head.number).toBe(1);
    await expect(plane.drift.adopt(ann, { clusterId, directorId, reason: '' })).rejects.toMatchObject({ code: 'draftElsewhere' });
    const wanted = plane.clusters.view(clusterId).head.definition;
    const services = wanted.services.map((service) => ({ ...service, realServers: service.realServers.map((realServer, at) => (at === 0 ? { ...realServer, weight: 5 } : realServer)) }));
    expect(draft?.values.definition).toEqual({ ...wanted, services });
    await plane.clusters.save(ann, { clusterId, base: 1, definition: { ...wanted, services }, reason: '' });
    expect((await plane.changes.plan(clusterId)).directors.map(({ plan }) => plan?.operations)).toEqual([[]]);
    await expect(plane.drift.adopt(ann, { clusterId, directorId, reason: '' })).rejects.toMatchObject({ code: 'adoptBehind', params: { director: name, accepted: 1, wanted: 2, head: 2 } });
  });

  it('has nothing to do where nothing differs', async () => {
    await expect(plane.drift.adopt(ann, { clusterId, directorId, reason: '' })).rejects.toMatchObject({ code: 'nothingToAdopt' });
    expect(await readDraft(plane.db, place())).toBeNull();
  });
});

describe('adopting a service of others', () => {
  it('becomes a draft that wants it besides, and is refused where it is not there', async () => {
    const order = { clusterId, directorId, rule: `-A -t ${vip}:9090 -s rr`, reason: '' };
    await expect(plane.drift.adoptForeign(ann, order)).rejects.toMatchObject({ code: 'foreignGone' });
    vi.spyOn(forwarder, 'read').mockResolvedValue({ others: [], services: [{
      address: { kind: 'address', protocol: 'tcp', vip, port: 9_090 }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, foreign: true, realServers: [],
    }] });
    await plane.drift.adoptForeign(ann, order);
    expect(await readDraft(plane.db, place())).toMatchObject({ base: 1, values: { definition: { services: [{}, { name: `tcp ${vip}:9090`, match: { port: 9_090 }, realServers: [] }] } } });
  });

  it('of a firewall mark names no VIP yet: a person says what is marked', async () => {
    const order = { clusterId, directorId, rule: '-A -f 7 -s rr', reason: '' };
    vi.spyOn(forwarder, 'read').mockResolvedValue({ others: [], services: [{
      address: { kind: 'mark', family: 'ipv4', mark: 7 }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, foreign: true, realServers: [],
    }] });
    await plane.drift.adoptForeign(ann, order);
    expect(await readDraft(plane.db, place())).toMatchObject({ values: { definition: { services: [{}, { match: { kind: 'mark', mark: 7, vips: [], ports: [] } }] } } });
  });
});
