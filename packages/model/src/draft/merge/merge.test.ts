// Three definitions become one: nothing of either side is lost without a choice, and nothing is asked that only one side touched.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../change/differences.ts';
import { ClusterDefinition, type RealServer } from '../../definition/definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import { healthOf } from '../../testing/health-tale.ts';
import { merge, type Choices, type Side } from './merge.ts';

const few = fc.constantFrom;

const realServers: fc.Arbitrary<RealServer[]> = fc.shuffledSubarray(['a', 'b', 'c'])
  .chain((ids) => fc.tuple(...ids.map((id) => fc.record({ weight: few(0, 1), port: few(80, 81) }).map((fields) => realServer(id, fields)))));

const health = few(healthOf('first up'), healthOf('first down'));

const directors = fc.shuffledSubarray(['lb-1', 'lb-2', 'lb-3'], { minLength: 1 });

/** Close enough to each other to meet; holders are among the directors, as lint asks. */
const definitions: fc.Arbitrary<ClusterDefinition> = fc.record({
  name: few('shop', 'edge'), ids: directors,
  vips: fc.shuffledSubarray(['192.168.8.200', '192.168.8.201']), holder: few(0, 1, 2, null),
  services: fc.shuffledSubarray(['web', 'dns', 'mail']).chain((ids) => fc.tuple(...ids.map((id) => (
    fc.record({ name: few(id, 'other'), realServers, health }, { requiredKeys: ['name', 'realServers'] }).map((fields) => service(id, fields)))))),
}).map(({ name, ids, vips, holder, services }) => cluster({
  name, services, directors: ids.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } })),
  vips: vips.map((address) => ({ address, holder: holder === null ? null : ids[holder % ids.length] ?? null })),
}));

const asks = (text: string): ClusterDefinition => cluster({ services: [service('web', { health: healthOf(text) })] });

const all = (side: Side, keys: readonly string[]): Choices => new Map(keys.map((key) => [key, side]));

describe('merging', () => {
  it('what only I changed gives mine, what only others changed gives theirs', () => {
    fc.assert(fc.property(definitions, definitions, (base, other) => {
      const mine = merge({ base, wanted: base, mine: other });
      const theirs = merge({ base, wanted: other, mine: base });
      expect(mine.definition).toEqual(other);
      expect(theirs.definition).toEqual(other);
      expect(mine.meetings.every(({ standing }) => standing === 'mine')).toBe(true);
      expect(theirs.meetings.every(({ standing }) => standing === 'wanted')).toBe(true);
      expect(merge({ base, wanted: other, mine: other }).definition).toEqual(other);
      expect(merge({ base, wanted: other, mine: other }).meetings.every(({ standing }) => standing === 'both')).toBe(true);
    }));
  });

  it('tells the same from both sides, and gives the same when each is preferred in its turn', () => {
    const mirrored = { wanted: 'mine', mine: 'wanted', both: 'both', conflict: 'conflict' } as const;
    fc.assert(fc.property(definitions, definitions, definitions, (base, one, other) => {
      const here = merge({ base, wanted: one, mine: other });
      const there = merge({ base, wanted: other, mine: one });
      const standings = (meetings: typeof here.meetings) => new Map(meetings.map(({ key, standing }) => [key, standing]));
      expect(standings(there.meetings)).toEqual(new Map([...standings(here.meetings)].map(([key, standing]) => [key, mirrored[standing]])));
      const conflicts = here.meetings.filter(({ standing }) => standing === 'conflict').map(({ key }) => key);
      const back = merge({ base, wanted: other, mine: one }, all('wanted', conflicts)).definition;
      expect(differences(here.definition, back)).toEqual([]);
    }));
  });

  it('gives a definition whatever is chosen, with ids once and holders among the directors', () => {
    fc.assert(fc.property(definitions, definitions, definitions, fc.infiniteStream(few<Side>('wanted', 'mine')), (base, wanted, mine, coins) => {
      const { meetings } = merge({ base, wanted, mine });
      const choices = new Map(meetings.map(({ key }) => [key, coins.next().value ?? 'mine']));
      const { definition } = merge({ base, wanted, mine }, choices);
      expect(ClusterDefinition.parse(definition)).toEqual(definition);
      const ids = definition.services.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const one of definition.services) expect(new Set(one.realServers.map(({ id }) => id)).size).toBe(one.realServers.length);
      const members = definition.directors.map(({ directorId }) => directorId);
      expect(definition.vips.filter(({ holder }) => holder !== null && !members.includes(holder))).toEqual([]);
    }));
  });

  it('takes one whole side where everything is chosen from it, holders of directors that left aside', () => {
    fc.assert(fc.property(definitions, definitions, definitions, few<Side>('wanted', 'mine'), (base, wanted, mine, side) => {
      const keys = merge({ base, wanted, mine }).meetings.map(({ key }) => key);
      const { definition } = merge({ base, wanted, mine }, all(side, keys));
      expect(differences(definition, side === 'mine' ? mine : wanted)).toEqual([]);
    }));
  });
});

const base = cluster({ services: [service('web'), service('dns')] });
const withWeb = (changes: Parameters<typeof service>[1]) => cluster({ services: [service('web', changes), service('dns')] });
const marked = (...ports: number[]) => withWeb({ match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['192.168.8.200'], ports } });
const standings = (wanted: ClusterDefinition, mine: ClusterDefinition) => (
  Object.fromEntries(merge({ base, wanted, mine }).meetings.map(({ key, standing }) => [key, standing])));

const weight = (of: number) => withWeb({ realServers: [realServer('rs-20', { weight: of }), realServer('rs-30', { rip: '192.168.8.30' })] });

describe('what meets', () => {
  it('is settings and real servers by themselves', () => {
    const wanted = withWeb({ scheduler: { name: 'rr' } });
    const mine = withWeb({ realServers: [realServer('rs-20', { weight: 5 }), realServer('rs-30', { rip: '192.168.8.30' })] });
    expect(standings(wanted, mine)).toEqual({ 'service web': 'wanted', 'realServer web rs-20': 'mine' });
    expect(merge({ base, wanted, mine }).definition.services[0]).toMatchObject({ scheduler: { name: 'rr' }, realServers: [{ weight: 5 }, { weight: 1 }] });
  });
  it('is a conflict where both set the same weight to something else, and mine until somebody chooses', () => {
    expect(standings(weight(2), weight(3))).toEqual({ 'realServer web rs-20': 'conflict' });
    expect(standings(weight(2), weight(2))).toEqual({ 'realServer web rs-20': 'both' });
    const sides = { base, wanted: weight(2), mine: weight(3) };
    expect(merge(sides).definition).toEqual(weight(3));
    expect(merge(sides, new Map([['realServer web rs-20', 'wanted']])).definition).toEqual(weight(2));
    expect(merge(sides).meetings[0]).toMatchObject({ wanted: { kind: 'changed', fields: ['weight'], after: { weight: 2 } }, mine: { after: { weight: 3 } }, whole: false });
  });
  it('is what is asked of real servers, as a part of the service', () => {
    const { definition, meetings } = merge({ base: cluster(), wanted: cluster({ name: 'edge' }), mine: asks('fall 2') });
    expect(definition).toEqual({ ...asks('fall 2'), name: 'edge' });
    expect(meetings.map(({ key, standing }) => [key, standing])).toEqual([['cluster', 'wanted'], ['service web', 'mine']]);
    expect(merge({ base: asks('fall 2'), wanted: asks('fall 3'), mine: cluster() }).meetings.map(({ standing }) => standing)).toEqual(['conflict']);
  });

  it('is the whole service where one side deleted it and the other changed anything in it', () => {
    const without = cluster({ services: [service('dns')] });
    const more = withWeb({ realServers: [realServer('rs-40', { rip: '192.168.8.40' })] });
    expect(standings(without, more)).toEqual({ 'service web': 'conflict' });
    expect(standings(without, base)).toEqual({ 'service web': 'wanted' });
    expect(merge({ base, wanted: without, mine: more }).meetings[0]).toMatchObject({ whole: true, wanted: { kind: 'removed' }, mine: null });
    expect(merge({ base, wanted: without, mine: more }).definition).toEqual(more);
  });
  it('takes a half typed draft as it is', () => {
    const mine = withWeb({ name: '', match: { kind: 'address', protocol: 'tcp', vip: '192.', port: Number.NaN } });
    const wanted = cluster({ name: 'edge', services: base.services });
    expect(merge({ base, wanted, mine }).definition).toEqual({ ...mine, name: 'edge' });
  });
  it('asks nothing where both gave a set another order', () => {
    const sides = { base: marked(1, 2, 3), wanted: marked(2, 1, 3), mine: marked(3, 2, 1) };
    expect(merge(sides)).toEqual({ definition: sides.mine, meetings: [] });
    expect(merge({ ...sides, mine: sides.base })).toEqual({ definition: sides.wanted, meetings: [] });
  });
  it('gives a VIP to nobody when its new holder has left meanwhile', () => {
    const two = cluster({ directors: [...base.directors, { directorId: 'lb-2', dip: { ipv4: null, ipv6: null } }] });
    const mine = { ...two, vips: [{ address: '192.168.8.200', holder: 'lb-2' }] };
    expect(merge({ base: two, wanted: cluster(), mine }).definition.vips).toEqual([{ address: '192.168.8.200', holder: null }]);
  });
  it('keeps two of a key, as while an address is typed', () => {
    const [vip = { address: '', holder: null }] = base.vips;
    const mine = { ...base, vips: [vip, { ...vip, holder: null }, { address: '', holder: null }] };
    expect(merge({ base, wanted: base, mine }).definition.vips).toEqual(mine.vips);
  });
});
