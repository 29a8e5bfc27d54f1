// Drafts through the panel's own server: whose they are, who is told of them, what ends them, and two tabs of one person.
import { nanoid } from 'nanoid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterDefinition, DraftValues } from '@weir/model';
import { webCluster } from '../testing/directors.ts';
import { refusalOf, openTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';

let panel: TestPanel;
type Api = ReturnType<TestPanel['api']>;
let ann: Api;
let ben: Api;
let vic: Api;
let benId: string;
let clusterId: string;
let definition: ClusterDefinition;

async function signedIn(name: string, role: 'admin' | 'operator' | 'viewer'): Promise<{ id: string; api: Api }> {
  const { id, email } = await panel.person(`${name}-${nanoid(5)}`, role);
  return { id, api: panel.api(await panel.signIn(email)) };
}

beforeAll(async () => {
  panel = await openTestPanel();
  ann = (await signedIn('Ann', 'admin')).api;
  vic = (await signedIn('Vic', 'viewer')).api;
});
afterAll(() => panel.close());
beforeEach(async () => {
  ({ id: benId, api: ben } = await signedIn('Ben', 'operator'));
  const id = nanoid();
  await panel.services.db.director.create({ data: { id, name: id, address: `${id}:9348`, keyHash: '00', enrolledBy: 'Ann' } });
  definition = webCluster({ directorIds: [id] });
  ({ clusterId } = await ann.clusters.create.mutate({ definition, reason: '' }));
});

/** Half typed. */
function values(reason = ''): DraftValues {
  return { definition: { ...definition, name: '', services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip: '10.', port: Number.NaN } })) }, reason };
}

const audited = () => panel.services.db.auditEntry.count();
const openHere = async (api: Api) => (await api.drafts.open.query({})).filter((draft) => draft.clusterId === clusterId);

describe('a draft', () => {
  it('comes back as it was typed, is nobody else\'s to read, and stands in no audit log', async () => {
    const before = await audited();
    expect(await ben.drafts.mine.query({ clusterId })).toBeNull();
    const saved = await ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values('why') });
    expect(saved.version).toBe(1);
    expect(await ben.drafts.mine.query({ clusterId })).toMatchObject({ base: 1, version: 1, values: values('why'), updatedAt: saved.updatedAt });
    expect(await ann.drafts.mine.query({ clusterId })).toBeNull();
    await ben.drafts.save.mutate({ clusterId, base: 1, version: 1, values: values('why not') });
    await ben.drafts.discard.mutate({ clusterId });
    expect(await ben.drafts.mine.query({ clusterId })).toBeNull();
    expect(await audited()).toBe(before);
  });

  it('is told to everybody who looks at the cluster, and no more of it than who and since when', async () => {
    const { updatedAt } = await ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values() });
    expect(await openHere(ben)).toMatchObject([{ own: true }]);
    for (const api of [ann, vic]) {
      expect(await openHere(api)).toEqual([{ clusterId, own: false, name: expect.stringContaining('Ben') as string, startedAt: updatedAt, updatedAt }]);
    }
  });

  it('of a cluster that is not there yet is one of each person, and told to nobody else', async () => {
    await ben.drafts.saveNew.mutate({ version: null, values: values('new') });
    expect(await refusalOf(ben.drafts.saveNew.mutate({ version: null, values: values() }))).toEqual({ code: 'draftElsewhere', status: 409 });
    expect(await ben.drafts.mineNew.query({})).toMatchObject({ base: null, values: values('new') });
    expect(await ann.drafts.mineNew.query({})).toBeNull();
    expect((await ann.drafts.open.query({})).filter((draft) => draft.clusterId === null)).toEqual([]);
    expect((await ben.drafts.open.query({})).filter((draft) => draft.clusterId === null)).toMatchObject([{ own: true }]);
    const name = `cluster-${nanoid(6)}`;
    const made = webCluster({ name, directorIds: definition.directors.map(({ directorId }) => directorId), port: 8081 });
    await ben.clusters.create.mutate({ definition: made, reason: '', fromDraft: { version: 1 } });
    expect(await ben.drafts.mineNew.query({})).toBeNull();
    await ben.drafts.saveNew.mutate({ version: null, values: values() });
    await ben.drafts.discardNew.mutate({});
    expect(await ben.drafts.mineNew.query({})).toBeNull();
  });

  it('is refused where it changes a revision that is not there, or no cluster', async () => {
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId, base: 2, version: null, values: values() }))).toMatchObject({ code: 'noSuchRevision' });
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId: 'gone', base: 1, version: null, values: values() }))).toMatchObject({ code: 'noSuchCluster' });
    const huge = { ...values(), reason: 'x'.repeat(10_000) };
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: huge }))).toMatchObject({ code: 'badInput' });
    expect(await openHere(ben)).toEqual([]);
  });
});

describe('two tabs of one person', () => {
  it('do not overwrite each other: the later one is told', async () => {
    const both = await Promise.all(['one', 'other'].map((reason) => refusalOf(ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values(reason) }))));
    expect(both.map(({ code }) => code).toSorted()).toEqual(['allowed', 'draftElsewhere']);
    await ben.drafts.save.mutate({ clusterId, base: 1, version: 1, values: values('first') });
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId, base: 1, version: 1, values: values('second') }))).toEqual({ code: 'draftElsewhere', status: 409 });
    expect(await ben.drafts.mine.query({ clusterId })).toMatchObject({ version: 2, values: { reason: 'first' } });
    await ben.drafts.discard.mutate({ clusterId });
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId, base: 1, version: 2, values: values('late') }))).toEqual({ code: 'draftOver', status: 409 });
  });
});

describe('a draft that another tab went on with', () => {
  it('stays where an older version is saved as a revision, and its owner is told', async () => {
    await ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values('one') });
    await ben.drafts.save.mutate({ clusterId, base: 1, version: 1, values: values('two') });
    const next = { ...definition, services: definition.services.map((service) => ({ ...service, name: 'renamed' })) };
    expect(await ben.clusters.save.mutate({ clusterId, base: 1, definition: next, reason: '', fromDraft: { version: 1 } })).toEqual({ number: 2, draftStays: true });
    expect(await ben.drafts.mine.query({ clusterId })).toMatchObject({ base: 1, version: 2, values: { reason: 'two' } });
    expect(await ben.clusters.save.mutate({ clusterId, base: 2, definition, reason: '', fromDraft: { version: null } })).toEqual({ number: 3, draftStays: true });
    expect(await ben.clusters.save.mutate({ clusterId, base: 3, definition: next, reason: '', fromDraft: { version: 2 } })).toEqual({ number: 4, draftStays: false });
    expect(await ben.drafts.mine.query({ clusterId })).toBeNull();
  });

  it('stays where an older version is discarded', async () => {
    await ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values('one') });
    await ben.drafts.save.mutate({ clusterId, base: 1, version: 1, values: values('two') });
    expect(await refusalOf(ben.drafts.discard.mutate({ clusterId, version: 1 }))).toEqual({ code: 'draftElsewhere', status: 409 });
    await ben.drafts.discard.mutate({ clusterId, version: 2 });
    expect(await openHere(ben)).toEqual([]);
  });
});

it('the open drafts of a cluster are not crowded out by those of people who may not save them any more', async () => {
  const { user, draft } = panel.services.db;
  const ids = Array.from({ length: 501 }, () => nanoid());
  await user.createMany({ data: ids.map((id, at) => ({ id, name: 'gone', email: `gone-${at}@weir.test`, role: 'operator', clustersLimited: true })) });
  await draft.createMany({ data: ids.map((id) => ({ id, userId: id, clusterId, base: 1, version: 1, values: {}, startedAt: new Date(0) })) });
  await ann.drafts.save.mutate({ clusterId, base: 1, version: null, values: values() });
  expect(await openHere(vic)).toMatchObject([{ own: false, name: expect.stringContaining('Ann') as string }]);
  await user.deleteMany({ where: { id: { in: ids } } });
});

const left = () => panel.services.db.draft.count({ where: { clusterId } });

describe('a draft is over', () => {
  beforeEach(async () => {
    await ben.drafts.save.mutate({ clusterId, base: 1, version: null, values: values() });
    await ann.drafts.save.mutate({ clusterId, base: 1, version: null, values: values() });
  });

  it('with the revision that is saved from it, and with no other', async () => {
    const next = { ...definition, services: definition.services.map((service) => ({ ...service, name: 'renamed' })) };
    expect(await refusalOf(ben.clusters.save.mutate({ clusterId, base: 7, definition: next, reason: '', fromDraft: { version: 1 } }))).toMatchObject({ code: 'staleRevision' });
    expect(await left()).toBe(2);
    await ben.clusters.save.mutate({ clusterId, base: 1, definition: next, reason: '' });
    expect(await left()).toBe(2);
    await ben.clusters.save.mutate({ clusterId, base: 2, definition, reason: '', fromDraft: { version: 1 } });
    expect(await openHere(ann)).toMatchObject([{ own: true }]);
  });

  it('with the person', async () => {
    await ann.people.setDisabled.mutate({ id: benId, disabled: true });
    expect(await openHere(vic)).toMatchObject([{ name: expect.stringContaining('Ann') as string }]);
    await ann.people.remove.mutate({ id: benId });
    expect(await left()).toBe(1);
  });

  it('with the cluster, of which no other is begun', async () => {
    const nothing = { ...definition, directors: [], vips: [], services: [] };
    await ben.clusters.save.mutate({ clusterId, base: 1, definition: nothing, reason: '' });
    await panel.services.clusters.retire({ person: { id: benId, name: 'Ben' }, address: '127.0.0.1' }, { clusterId, base: 2 }, []);
    expect(await left()).toBe(0);
    expect(await refusalOf(ben.drafts.save.mutate({ clusterId, base: 2, version: null, values: values() }))).toMatchObject({ code: 'noSuchCluster' });
  });

  it('to others where its person may not save it any more', async () => {
    await ann.people.setClusters.mutate({ id: benId, clusterIds: [] });
    expect(await openHere(vic)).toHaveLength(1);
    expect(await left()).toBe(2);
  });
});
