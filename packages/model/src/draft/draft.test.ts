// What every edit of a draft keeps, whatever the draft is and in whatever order edits come.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterDefinition } from '../definition/definition.ts';
import { keepSame } from '../json/keep-same.ts';
import { same } from '../json/same.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { healthOf } from '../testing/health-tale.ts';
import { addDirector, addRealServer, addService, connectHost, moveRealServers } from './add.ts';
import { changeRealServers, changeService, editBetween, holdVip } from './change.ts';
import { clipText, paste, readClip } from './clip.ts';
import { duplicate } from './duplicate.ts';
import type { Edit, NewId, ObjectRef, RealServerRef } from './edit.ts';
import { HISTORY_STEPS_MAX, historyOf, redo, undo, withStep, type History } from './history.ts';
import { removeObjects } from './remove.ts';

const typed = fc.constantFrom('', '192.168.8.', '192.168.8.20', 'fd00::1');
const number = fc.constantFrom(0, 1, 80, Number.NaN);
const fields = fc.record({ rip: typed, port: number, weight: number });
const ids = ['a', 'b', 'c'];

/** Half typed as a form holds it; ids of real servers meet across services. */
const drafts: fc.Arbitrary<ClusterDefinition> = fc.subarray(['web', 'dns', 'mail']).chain((names) => fc.tuple(...names.map((name) => (
  fc.record({ vip: typed, port: number, servers: fc.subarray(ids).chain((here) => fc.tuple(...here.map((id) => fields.map((of) => realServer(id, of))))) })
    .map(({ vip, port, servers }) => service(name, { match: { kind: 'address', protocol: 'tcp', vip, port }, realServers: servers })))))
  .map((services) => cluster({ services })));

const serviceRef = fc.constantFrom('web', 'dns', 'mail', 'gone').map((serviceId): ObjectRef => ({ kind: 'service', serviceId }));
const realServerRef = fc.record({ kind: fc.constant('realServer' as const), serviceId: fc.constantFrom('web', 'dns', 'mail', 'gone'), realServerId: fc.constantFrom(...ids) });
const otherRef = fc.constantFrom<ObjectRef>({ kind: 'director', directorId: 'lb-1' }, { kind: 'director', directorId: 'lb-2' }, { kind: 'vip', address: '192.168.8.200' });
const refs = fc.array(fc.oneof(serviceRef, realServerRef, otherRef), { maxLength: 4 });

type Attempt = (draft: ClusterDefinition, newId: NewId) => Edit | null;

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  fc.constant<Attempt>((draft, newId) => addService(draft, service('new'), newId)),
  fields.map((of): Attempt => (draft, newId) => addRealServer(draft, 'web', realServer('a', of), newId)),
  realServerRef.map((ref): Attempt => (draft, newId) => connectHost(draft, ref, 'dns', newId)),
  fc.array(realServerRef).map((some): Attempt => (draft, newId) => moveRealServers(draft, some, 'web', newId)),
  refs.map((some): Attempt => (draft, newId) => duplicate(draft, some, newId)),
  refs.map((some): Attempt => (draft) => removeObjects(draft, some)),
  refs.map((some): Attempt => (draft, newId) => {
    const clip = readClip(clipText(draft, some) ?? '');
    return clip === null ? null : paste(draft, clip, 'web', newId);
  }),
  fc.tuple(fc.array(realServerRef), number).map(([some, weight]): Attempt => (draft) => changeRealServers(draft, some, { weight })),
  typed.map((name): Attempt => (draft) => changeService(draft, 'web', { name })),
  fc.constantFrom('lb-1', 'lb-2').map((director): Attempt => (draft) => addDirector(draft, director)),
  fc.constantFrom('lb-1', null).map((holder): Attempt => (draft) => holdVip(draft, '192.168.8.200', holder)),
);

/** Gives ids that are taken before it gives one that is not. */
function clumsyIds(): NewId {
  let n = 0;
  return () => ['web', 'a', 'b'][n++ % 6] ?? `n${n}`;
}

function tried(draft: ClusterDefinition, all: readonly Attempt[]): Edit[] {
  const newId = clumsyIds();
  const edits: Edit[] = [];
  for (const attempt of all) {
    const edit = attempt(edits.at(-1)?.after ?? draft, newId);
    if (edit !== null) edits.push(edit);
  }
  return edits;
}

const some = fc.array(attempts, { maxLength: 12 });

function unique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

function isThere({ services, directors, vips }: ClusterDefinition, ref: ObjectRef): boolean {
  switch (ref.kind) {
    case 'service': return services.some(({ id }) => id === ref.serviceId);
    case 'realServer': return services.some(({ id, realServers }) => id === ref.serviceId && realServers.some((one) => one.id === ref.realServerId));
    case 'director': return directors.some(({ directorId }) => directorId === ref.directorId);
    case 'vip': return vips.some(({ address }) => address === ref.address);
  }
}

describe('any edits in a row', () => {
  it('keep ids unique and holders among the directors, touch what is there, and leave what was given as it was', () => {
    fc.assert(fc.property(drafts, some, (draft, all) => {
      const copy = structuredClone(draft);
      for (const { after, touched } of tried(draft, all)) {
        expect(unique(after.services.map(({ id }) => id))).toBe(true);
        expect(after.services.every(({ realServers }) => unique(realServers.map(({ id }) => id)))).toBe(true);
        expect(after.vips.every(({ holder }) => holder === null || after.directors.some(({ directorId }) => directorId === holder) || holder === 'lb-1')).toBe(true);
        expect(touched.filter(({ kind }) => kind === 'service').every((ref) => isThere(after, ref))).toBe(true);
      }
      expect(draft).toEqual(copy);
    }));
  });

  it('are taken back one by one to exactly what was, and done again to exactly what came', () => {
    fc.assert(fc.property(drafts, some, (draft, all) => {
      const edits = tried(draft, all);
      const whole = edits.reduce((history, { after, name }) => withStep(history, after, { name, field: null }), historyOf(draft));
      let history: History<ClusterDefinition> = whole;
      for (const { present } of edits.map((_, index) => ({ present: edits[edits.length - 2 - index]?.after ?? draft }))) {
        history = undo(history);
        expect(history.present).toBe(present);
      }
      expect(undo(history)).toBe(history);
      for (const { after } of edits) {
        history = redo(history);
        expect(history.present).toBe(after);
      }
      expect(redo(history)).toBe(history);
      expect(history).toEqual(whole);
    }));
  });

  it('are found again by comparing, and share what did not change', () => {
    fc.assert(fc.property(drafts, some, (draft, all) => {
      for (const { after } of tried(draft, all)) {
        const shared = keepSame(draft, structuredClone(after));
        expect(shared).toEqual(after);
        expect(shared === draft).toBe(same(draft, after));
        expect(editBetween(draft, after, []) === null).toBe(same(draft, after));
      }
    }));
  });
});

const ref = (realServerId: string, serviceId = 'web'): RealServerRef => ({ kind: 'realServer', serviceId, realServerId });
const two = cluster({ services: [service('web'), service('dns', { realServers: [realServer('rs-20', { rip: '192.168.8.21', port: 53 })] })] });

const newId = () => 'new';

describe('what a step is called', () => {
  it.each<[string, Edit | null, code: string, params: object]>([
    ['a real server added', addRealServer(two, 'dns', realServer('x'), newId), 'addRealServer', { realServer: '192.168.8.20:8080', service: 'dns' }],
    ['a host connected', connectHost(two, ref('rs-30'), 'dns', newId), 'addRealServer', { realServer: '192.168.8.30:8080', service: 'dns' }],
    ['one without an address', addRealServer(two, 'dns', realServer('x', { rip: '', name: 'spare' }), newId), 'addRealServer', { realServer: 'spare', service: 'dns' }],
    ['one without anything', addRealServer(two, 'dns', realServer('x', { rip: '', name: '' }), newId), 'addRealServer', { realServer: '…', service: 'dns' }],
    ['one moved', moveRealServers(two, [ref('rs-20', 'dns')], 'web', newId), 'moveRealServer', { realServer: '192.168.8.21:53', service: 'web' }],
    ['two moved', moveRealServers(two, [ref('rs-20'), ref('rs-30')], 'dns', newId), 'moveRealServers', { count: 2, service: 'dns' }],
    ['a service removed', removeObjects(two, [{ kind: 'service', serviceId: 'dns' }, ref('rs-20', 'dns')]), 'removeService', { service: 'dns' }],
    ['several removed', removeObjects(two, [ref('rs-20'), ref('rs-20', 'dns')]), 'removeObjects', { count: 2 }],
    ['a weight', changeRealServers(two, [ref('rs-30')], { weight: 0 }), 'setWeight', { realServer: '192.168.8.30:8080', weight: 0 }],
    ['no weight', changeRealServers(two, [ref('rs-30')], { weight: Number.NaN }), 'changeRealServer', { realServer: '192.168.8.30:8080', service: 'web' }],
    ['weights', changeRealServers(two, [ref('rs-20'), ref('rs-30')], { weight: 0 }), 'changeObjects', { count: 2 }],
    ['a service changed', changeService(two, 'dns', { name: 'resolver' }), 'changeService', { service: 'dns' }],
    ['a holder', holdVip(two, '192.168.8.200', null), 'holdVipByNobody', { vip: '192.168.8.200' }],
    ['a service typed', editBetween(two, { ...two, services: [...two.services, service('mail')], vips: [...two.vips, { address: '192.168.8.201', holder: null }] }, []), 'addService', { service: 'mail' }],
    ['a name', editBetween(two, { ...two, name: 'edge' }, []), 'renameCluster', { name: 'edge' }],
    ['order', editBetween(two, { ...two, services: two.services.toReversed() }, []), 'changeObjects', { count: 1 }],
  ])('%s', (_, edit, code, params) => expect(edit?.name).toEqual({ code, params }));

  it('the same id in two services is two places: what is typed in the one is taken back without the other', () => {
    const first = changeRealServers(two, [ref('rs-20')], { weight: 5 });
    const second = first === null ? null : changeRealServers(first.after, [ref('rs-20', 'dns')], { weight: 6 });
    if (first === null || second === null) throw new Error('two edits');
    const history = [first, second].reduce((so, edit) => withStep(so, edit.after, edit), historyOf(two));
    expect(undo(history).present).toBe(first.after);
    expect(changeRealServers(two, [ref('rs-20', 'dns')], { port: 54 })?.name).toEqual({ code: 'changeRealServer', params: { realServer: '192.168.8.21:53', service: 'dns' } });
    expect(changeRealServers(two, [ref('rs-20')], { weight: 5 })?.after.services[1]).toBe(two.services[1]);
  });

  it('nothing is no step, and neither is what is no more', () => {
    expect(changeRealServers(two, [ref('rs-30')], { weight: 1 })).toBeNull();
    expect(changeService(two, 'gone', { name: 'x' })).toBeNull();
    expect(moveRealServers(two, [ref('rs-20')], 'web', newId)).toBeNull();
    expect(connectHost(two, ref('gone'), 'dns', newId)).toBeNull();
    expect(removeObjects(two, [ref('gone')])).toBeNull();
    expect(addDirector(two, 'lb-1')).toBeNull();
  });
});

describe('a history', () => {
  const name = { code: 'paste', params: { count: 1 } } as const;
  it('keeps what is typed in one place one step, until another place or an undo comes between', () => {
    const word = ['w', 'we', 'web'].reduce((history, text) => withStep(history, text, { name, field: 'name' }), historyOf(''));
    expect(word.done).toHaveLength(1);
    expect(undo(word).present).toBe('');
    const elsewhere = withStep(word, 'port', { name, field: 'port' });
    expect(withStep(elsewhere, 'again', { name, field: 'name' }).done).toHaveLength(3);
    expect(withStep(undo(elsewhere), 'webs', { name, field: 'name' })).toMatchObject({ present: 'webs', undone: [], done: [{ other: '' }, { other: 'web' }] });
    expect(withStep(withStep(word, 'a', { name, field: null }), 'b', { name, field: null }).done).toHaveLength(3);
  });
  it('forgets the oldest', () => {
    const numbers = Array.from({ length: HISTORY_STEPS_MAX + 5 }, (_, index) => index + 1);
    const long = numbers.reduce((history, present) => withStep(history, present, { name, field: null }), historyOf(0));
    expect(long.done).toHaveLength(HISTORY_STEPS_MAX);
    expect(numbers.reduce((history) => undo(history), long).present).toBe(5);
  });
  it('knows no step where what was typed is as it was again', () => {
    const back = ['w', 'we', 'w', ''].reduce((history, text) => withStep(history, text, { name, field: 'name' }), historyOf(''));
    expect(back).toEqual(historyOf(''));
  });
});

describe('a selection as text', () => {
  it('comes back with other ids, services with their real servers', () => {
    const clip = readClip(clipText(two, [{ kind: 'service', serviceId: 'dns' }, ref('rs-30')]) ?? '');
    if (clip === null) throw new Error('a clip');
    const edit = paste(two, clip, 'dns', clumsyIds());
    expect(edit?.after.services.map(({ realServers }) => realServers.map(({ rip }) => rip))).toEqual(
      [['192.168.8.20', '192.168.8.30'], ['192.168.8.21', '192.168.8.30'], ['192.168.8.21']]);
    expect(edit?.touched).toHaveLength(2);
    expect(paste(two, clip, null, clumsyIds())).toBeNull();
    expect(paste(two, clip, 'gone', clumsyIds())).toBeNull();
  });
  it('takes along what is asked of real servers, and so does a copy', () => {
    const health = healthOf('quorum 2, below sorry');
    const [dns] = two.services.filter(({ id }) => id === 'dns');
    if (dns === undefined) throw new Error('a service');
    const asking = { ...two, services: [{ ...dns, health }] };
    const whole: ObjectRef[] = [{ kind: 'service', serviceId: 'dns' }];
    const clip = readClip(clipText(asking, whole) ?? '');
    if (clip === null) throw new Error('a clip');
    expect(paste(asking, clip, null, clumsyIds())?.after.services.map((one) => one.health)).toEqual([health, health]);
    expect(duplicate(asking, whole, clumsyIds())?.after.services.map((one) => one.health)).toEqual([health, health]);
  });

  it.each(['', 'x', '{', 'null', '[]', '{"weir":"objects"}', '{"weir":"objects","services":[{}],"realServers":[]}', `{${' '.repeat(5_000_000)}}`])('%# is none of ours', (text) => {
    expect(readClip(text)).toBeNull();
  });
});
