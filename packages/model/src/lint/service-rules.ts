// Rules about one virtual service and its settings.
import type { ClusterDefinition, VirtualService } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { usesWeights } from '../definition/scheduler.ts';
import { addressOf, familyOfService, serviceKey } from '../table/table.ts';
import { repeats } from './repeats.ts';
import type { Hit, Params, Rule } from './rule.ts';

function eachService(test: (service: VirtualService) => Params | null, field: readonly string[] = []): Rule['find'] {
  return ({ services }: ClusterDefinition): Hit[] => services.flatMap((service, index) => {
    const params = test(service);
    return params === null ? [] : [{ path: ['services', index, ...field], params: { service: service.name, ...params } }];
  });
}

const keyOf = (service: VirtualService): string => serviceKey(addressOf(service.match));

export const serviceRules: readonly Rule[] = [
  {
    code: 'duplicateService',
    severity: 'error',
    find: ({ services }) => repeats(services, keyOf).map(({ index, item, first }) => (
      { path: ['services', index, 'match'], params: { service: item.name, key: keyOf(item), other: first.name } })),
  },
  {
    code: 'serviceWithoutRealServers',
    severity: 'warning',
    find: eachService(({ realServers }) => (realServers.length === 0 ? {} : null), ['realServers']),
  },
  {
    code: 'allWeightsZero',
    severity: 'warning',
    find: eachService(({ realServers }) => (
      realServers.length > 0 && realServers.every(({ weight }) => weight === 0) ? {} : null), ['realServers']),
  },
  {
    code: 'weightsHaveNoEffect',
    severity: 'warning',
    find: eachService(({ scheduler, realServers }) => {
      const weights = new Set(realServers.map(({ weight }) => weight).filter((weight) => weight > 0));
      return !usesWeights(scheduler) && weights.size > 1 ? { scheduler: scheduler.name } : null;
    }, ['scheduler', 'name']),
  },
  {
    code: 'portZeroWithoutPersistence',
    severity: 'error',
    find: eachService(({ match, persistence }) => (
      match.kind === 'address' && match.port === 0 && persistence === null ? {} : null), ['match', 'port']),
  },
  {
    code: 'onePacketNeedsUdp',
    severity: 'error',
    find: eachService(({ match, onePacket }) => (onePacket && match.protocol !== 'udp' ? { protocol: match.protocol } : null), ['onePacket']),
  },
  {
    code: 'persistencePrefixTooLong',
    severity: 'error',
    find: eachService(({ match, persistence }) => (
      persistence !== null && persistence.prefixLength > 32 && familyOfService(addressOf(match)) === 'ipv4'
        ? { prefixLength: persistence.prefixLength } : null), ['persistence', 'prefixLength']),
  },
  {
    code: 'persistenceEngineNeedsUdp',
    severity: 'error',
    find: eachService(({ match, persistence }) => (
      persistence?.engine === 'sip' && match.protocol !== 'udp' ? { protocol: match.protocol } : null), ['persistence', 'engine']),
  },
  {
    code: 'vipNotListed',
    severity: 'error',
    find: ({ services, vips }) => {
      const listed = new Set(vips.map(({ address }) => address));
      return services.flatMap((service, index) => vipsOf(service.match)
        .filter((vip) => !listed.has(vip))
        .map((vip) => ({ path: ['services', index, 'match'], params: { service: service.name, vip } })));
    },
  },
];
