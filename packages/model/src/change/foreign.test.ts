import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { effective } from '../effective/effective.ts';
import { actualOf, actualTable } from '../testing/arbitrary.ts';
import { cluster, service } from '../testing/cluster.ts';
import { address, mark, vip } from '../testing/lint-cases.ts';
import { serviceKey } from '../table/table.ts';
import { foreignInTheWay } from './foreign.ts';
import { plan } from './plan.ts';

const definition = cluster({ services: [service('web'), service('dns', { match: address({ protocol: 'udp', port: 53 }) }), service('marked', { match: mark })] });
const { services } = effective({ directorId: 'lb-1', accepted: [{ clusterId: 'c', revision: 1, definition }], overrides: [], nowMs: 0 });

it('names each service whose address a foreign one has, and no other', () => {
  const actual = { services: [...actualOf(services.slice(0, 1)), ...actualOf(services.slice(1), true)] };
  expect(foreignInTheWay(definition, actual)).toEqual([
    { code: 'foreignService', severity: 'error', path: ['services', 1, 'match'], params: { service: 'dns', key: `udp ${vip}:53` } },
    { code: 'foreignService', severity: 'error', path: ['services', 2, 'match'], params: { service: 'marked', key: 'fwm ipv4 7' } },
  ]);
});

it('names a service that is beyond words, and not one of whose real servers one is', () => {
  const [web, dns] = services.map(({ address: at }) => at);
  if (web === undefined || dns === undefined) throw new Error('the definition has services');
  const rule = { service: null, text: '-A', why: 'scheduler' } as const;
  const others = [{ ...rule, is: 'service', key: serviceKey(web) } as const, { ...rule, is: 'realServer', key: `${serviceKey(dns)} 10.0.0.1:53` } as const];
  expect(foreignInTheWay(definition, { services: [], others }).map(({ params }) => params['service'])).toEqual(['web']);
});

it('has nothing to say where none is in the way', () => {
  expect(foreignInTheWay(definition, { services: [] })).toEqual([]);
  expect(foreignInTheWay(definition, { services: actualOf(services) })).toEqual([]);
  expect(foreignInTheWay(cluster({ services: [] }), { services: actualOf(services, true) })).toEqual([]);
});

it('is exactly what a plan is silent about: without it, the plan brings about every service', () => {
  fc.assert(fc.property(actualTable, fc.subarray([...services]), fc.boolean(), (others, present, foreign) => {
    const keys = new Set(present.map((one) => serviceKey(one.address)));
    const actual = { services: [...others.services.filter((one) => !keys.has(serviceKey(one.address))), ...actualOf(present, foreign)] };
    const silent = new Set(foreignInTheWay(definition, actual).map(({ params }) => params['key']));
    const added = plan({ services }, actual).filter(({ kind }) => kind === 'addService').map((operation) => serviceKey(operation.service));
    const ours = actual.services.filter((one) => !one.foreign).map((one) => serviceKey(one.address));
    for (const { address: wanted } of services) {
      const key = serviceKey(wanted);
      expect([key, added.includes(key) || ours.includes(key)]).toEqual([key, !silent.has(key)]);
    }
  }));
});
