// Rules about the cluster as a whole: its directors, its VIPs and who holds them.
import type { ClusterDefinition } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { familyOf } from '../definition/address.ts';
import { repeats } from './repeats.ts';
import type { Hit, Rule } from './rule.ts';

function repeatedIds({ services }: ClusterDefinition): Hit[] {
  const inServices = services.flatMap((service, s) => (
    repeats(service.realServers, ({ id }) => id).map(({ index, item }): Hit => (
      { path: ['services', s, 'realServers', index, 'id'], params: { id: item.id } }))));
  return [
    ...repeats(services, ({ id }) => id).map(({ index, item }): Hit => ({ path: ['services', index, 'id'], params: { id: item.id } })),
    ...inServices,
  ];
}

export const clusterRules: readonly Rule[] = [
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
  },
  { code: 'duplicateId', severity: 'error', find: repeatedIds },
  {
    code: 'duplicateVip',
    severity: 'error',
    find: ({ vips }) => repeats(vips, ({ address }) => address).map(({ index, item }) => (
      { path: ['vips', index, 'address'], params: { vip: item.address } })),
  },
  {
    code: 'vipWithoutHolder',
    severity: 'warning',
    find: ({ vips }) => vips.flatMap(({ address, holder }, index) => (
      holder === null ? [{ path: ['vips', index, 'holder'], params: { vip: address } }] : [])),
  },
  {
    code: 'holderNotInCluster',
    severity: 'error',
    find: ({ vips, directors }) => vips.flatMap(({ address, holder }, index) => (
      holder !== null && !directors.some(({ directorId }) => directorId === holder)
        ? [{ path: ['vips', index, 'holder'], params: { vip: address, director: holder } }] : [])),
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
  },
];
