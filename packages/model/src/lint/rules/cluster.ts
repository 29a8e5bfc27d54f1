// Rules about the cluster as a whole: ids, its directors, its VIPs and who holds them.
import { Family, familyOf } from '../../definition/address.ts';
import type { ClusterDefinition } from '../../definition/definition.ts';
import { vipsOf } from '../../definition/definition.ts';
import { serviceHit, without, withinService } from '../each.ts';
import { repeats } from '../repeats.ts';
import type { Hit, Mend, Rule } from '../rule.ts';

const idsTwice = withinService(({ realServers }) => repeats(realServers, ({ id }) => id).map(({ index, item }): Hit => (
  { path: ['realServers', index, 'id'], params: { id: item.id } })));

const checkIdsTwice = withinService(({ health }) => repeats(health?.checks ?? [], ({ id }) => id).map(({ index, item }): Hit => (
  { path: ['health', 'checks', index, 'id'], params: { id: item.id } })));

/** The sorry server is named beside the real servers. */
const sorryIdsTwice = withinService(({ health, realServers }) => {
  const sorry = health?.sorry ?? null;
  return sorry !== null && realServers.some(({ id }) => id === sorry.id) ? [{ path: ['health', 'sorry', 'id'], params: { id: sorry.id } }] : [];
});

function repeatedIds({ services }: ClusterDefinition): Hit[] {
  return [
    ...repeats(services, ({ id }) => id).map(({ index, item }): Hit => ({ path: ['services', index, 'id'], params: { id: item.id } })),
    ...[idsTwice, checkIdsTwice, sorryIdsTwice].flatMap((find) => find(services)).map(({ path, params: { id = '' } }): Hit => ({ path, params: { id } })),
  ];
}

function sharedDips({ directors }: ClusterDefinition): Hit[] {
  return Family.options.flatMap((family) => {
    const dips = directors.flatMap(({ directorId, dip }, place) => {
      const address = dip[family];
      return address === null ? [] : [{ directorId, address, place }];
    });
    return repeats(dips, ({ address }) => address)
      .filter(({ item, first }) => item.directorId !== first.directorId)
      .map(({ item, first }): Hit => ({
        path: ['directors', item.place, 'dip', family],
        params: { director: item.directorId, otherDirector: first.directorId, dip: item.address },
      }));
  });
}

/** The one director that can hold a VIP; null where there is a choice. */
function onlyDirector({ directors }: ClusterDefinition): string | null {
  const [director, ...others] = directors;
  return others.length === 0 ? director?.directorId ?? null : null;
}

const holdByOnlyDirector: Mend = (definition, { path }) => {
  const holder = onlyDirector(definition);
  return holder === null ? null : { ...definition, vips: definition.vips.map((vip, index) => (index === path[1] ? { ...vip, holder } : vip)) };
};

const removeVip: Mend = (definition, { path }) => ({ ...definition, vips: without(definition.vips, path[1]) });

const directorRules: readonly Rule[] = [
  {
    code: 'noDirector',
    severity: 'error',
    find: ({ directors }) => (directors.length === 0 ? [{ path: ['directors'], params: {} }] : []),
  },
  {
    code: 'duplicateDirector',
    severity: 'error',
    find: ({ directors }) => repeats(directors, ({ directorId }) => directorId).map(({ index, item }) => (
      { path: ['directors', index, 'directorId'], params: { director: item.directorId } })),
    mend: (definition, { path }) => ({ ...definition, directors: without(definition.directors, path[1]) }),
  },
  { code: 'duplicateDip', severity: 'error', find: sharedDips },
];

const vipRules: readonly Rule[] = [
  {
    code: 'duplicateVip',
    severity: 'error',
    find: ({ vips }) => repeats(vips, ({ address }) => address).map(({ index, item }) => (
      { path: ['vips', index, 'address'], params: { vip: item.address } })),
    mend: removeVip,
  },
  {
    code: 'vipWithoutHolder',
    severity: 'warning',
    find: ({ vips }) => vips.flatMap(({ address, holder }, index) => (
      holder === null ? [{ path: ['vips', index, 'holder'], params: { vip: address } }] : [])),
    mend: holdByOnlyDirector,
  },
  {
    code: 'holderNotInCluster',
    severity: 'error',
    find: ({ vips, directors }) => vips.flatMap(({ address, holder }, index) => (
      holder !== null && !directors.some(({ directorId }) => directorId === holder)
        ? [{ path: ['vips', index, 'holder'], params: { vip: address, director: holder } }] : [])),
    mend: holdByOnlyDirector,
  },
  {
    code: 'vipIsDirector',
    severity: 'error',
    find: ({ vips, directors }) => vips.flatMap(({ address }, index) => {
      const director = directors.find(({ dip }) => dip[familyOf(address)] === address);
      return director === undefined ? [] : [{ path: ['vips', index, 'address'], params: { vip: address, director: director.directorId } }];
    }),
  },
  {
    code: 'vipWithoutService',
    severity: 'warning',
    find: ({ vips, services }) => {
      const used = new Set(services.flatMap(({ match }) => vipsOf(match)));
      return vips.flatMap(({ address }, index) => (
        used.has(address) ? [] : [{ path: ['vips', index, 'address'], params: { vip: address } }]));
    },
    mend: removeVip,
  },
  {
    code: 'vipNotListed',
    severity: 'error',
    find: ({ services, vips }) => {
      const listed = new Set(vips.map(({ address }) => address));
      return services.flatMap((service, index) => [...new Set(vipsOf(service.match))]
        .filter((vip) => !listed.has(vip))
        .map((vip) => serviceHit(index, service, ['match'], { vip })));
    },
    mend: (definition, { params }) => {
      const holder = onlyDirector(definition);
      return holder === null ? null : { ...definition, vips: [...definition.vips, { address: String(params['vip']), holder }] };
    },
  },
];

export const clusterRules: readonly Rule[] = [...directorRules, { code: 'duplicateId', severity: 'error', find: repeatedIds }, ...vipRules];
