import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { effective } from '../../effective/effective.ts';
import { actualOf, actualTable } from '../../testing/definitions/arbitrary.ts';
import { cluster, service } from '../../testing/definitions/cluster.ts';
import { address, mark, vip } from '../../testing/definitions/lint-cases.ts';
import { serviceKey } from '../../table/table.ts';
import { adoptions, asAdopted, foreignInTheWay } from './foreign.ts';
import { plan } from '../plan.ts';

const definition = cluster({ services: [service('web'), service('dns', { match: address({ protocol: 'udp', port: 53 }) }), service('marked', { match: mark })] });
const { services } = effective({ directorId: 'lb-1', accepted: [{ clusterId: 'c', revision: 1, definition }], overrides: [], nowMs: 0 });

const addresses = services.map(({ address: at }) => at);

it('names each service that is beyond words, and not one of whose real servers one is', () => {
  const [web, dns] = addresses;
  if (web === undefined || dns === undefined) throw new Error('the definition has services');
  const rule = { service: null, text: '-A', why: 'scheduler' } as const;
  const others = [{ ...rule, is: 'service', key: serviceKey(web) } as const, { ...rule, is: 'realServer', key: `${serviceKey(dns)} 10.0.0.1:53` } as const];
  expect(foreignInTheWay(definition, { services: [], others })).toEqual([
    { code: 'foreignService', severity: 'error', path: ['services', 0, 'match'], params: { service: 'web', key: `tcp ${vip}:80` } },
  ]);
  expect(foreignInTheWay(definition, { services: actualOf(services, true) })).toEqual([]);
});

it('takes over what others made and is wanted, as it is found, and nothing else', () => {
  const elsewhere = actualOf([{ address: { kind: 'address', protocol: 'tcp', vip, port: 9 }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, realServers: [] }], true);
  const actual = { services: [...actualOf(services.slice(0, 1)), ...actualOf(services.slice(1), true), ...elsewhere] };
  const adopted = adoptions({ services }, actual);
  expect(adopted).toEqual(services.slice(1).map((found) => ({ kind: 'adoptService', service: found.address, found })));
  expect(asAdopted(actual, adopted).services.map(({ foreign }) => foreign)).toEqual([false, false, false, true]);
});

it('with what is taken over, a plan brings about every service that is wanted', () => {
  fc.assert(fc.property(actualTable, fc.subarray([...services]), fc.boolean(), (others, present, foreign) => {
    const keys = new Set(present.map((one) => serviceKey(one.address)));
    const actual = { services: [...others.services.filter((one) => !keys.has(serviceKey(one.address))), ...actualOf(present, foreign)] };
    const seen = asAdopted(actual, adoptions({ services }, actual));
    const added = plan({ services }, seen).filter(({ kind }) => kind === 'addService').map((operation) => serviceKey(operation.service));
    const ours = seen.services.filter((one) => !one.foreign).map((one) => serviceKey(one.address));
    for (const wanted of addresses) expect([...added, ...ours]).toContain(serviceKey(wanted));
  }));
});
