// What is asked of the connection table for one client, and what of that belongs to which service.
import { CONNECTIONS_MAX, findConnections } from '@weir/model';
import type { ActualService, Connection, ConnectionChoice, ConnectionList, VirtualService } from '@weir/model';
import { expect, it } from 'vitest';
import type { HeldCluster } from '../disk/data-folder.ts';
import { cluster } from '../testing/cluster.ts';
import { follow } from './follow.ts';
import type { FollowGround } from './follow.ts';

const vip = '10.0.0.1';
const connection: Connection = {
  protocol: 'tcp', cip: '192.168.8.100', clientPort: 40_000, vip, virtualPort: 80, mark: null, dip: null, directorPort: null,
  rip: '10.0.0.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 900_000, origin: 'local', template: false,
};
const template: Connection = { ...connection, clientPort: 0, state: 'NONE', expiresInMs: 60_000, template: true };

function service(id: string, port: number, prefixLength: number | null): VirtualService {
  const [web] = cluster({ vip, port, realServers: ['10.0.0.20', '10.0.0.30'] }).services;
  if (web === undefined) throw new Error('a cluster for tests has a service');
  return { ...web, id, name: id, scheduler: { name: 'rr' }, persistence: prefixLength === null ? null : { timeoutSeconds: 300, prefixLength, engine: null } };
}

interface Asked {
  readonly ground: FollowGround;
  readonly clients: (string | undefined)[];
}

function actualOf({ match, scheduler, persistence, onePacket, realServers }: VirtualService): ActualService {
  return {
    address: match, settings: { scheduler, persistence, onePacket }, foreign: false,
    realServers: realServers.map(({ rip }) => ({
      endpoint: { rip, port: 80 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } }, connections: { active: 0, inactive: 0, persistent: null },
    })),
  };
}

function ground(services: readonly VirtualService[], table: readonly Connection[], sample: ConnectionList['sample'] = null): Asked {
  const clients: (string | undefined)[] = [];
  const held: HeldCluster = { clusterId: 'c', revision: 1, digest: 'a'.repeat(64), acceptedAtMs: 0, directorId: 'd', definition: { ...cluster(), services: [...services] } };
  return {
    clients,
    ground: {
      holdings: { cluster: (clusterId) => (clusterId === 'c' ? held : null) },
      forwarder: {
        connections: (limit, choice?: ConnectionChoice) => {
          clients.push(choice?.filter.client);
          const found = findConnections(table, { choice: choice ?? { filter: {}, services: null }, limit: Math.min(limit, CONNECTIONS_MAX) });
          return Promise.resolve({ ...found, sample, unreadable: 0, measuredAtMs: 7 });
        },
        service: (address) => {
          const one = services.find(({ match }) => match.kind === 'address' && address.kind === 'address' && match.port === address.port);
          return Promise.resolve(one === undefined || one.id === 'gone' ? null : actualOf(one));
        },
      },
    },
  };
}

const input = { clusterId: 'c', client: '192.168.8.100', clientPort: null };

it('each service has the connections and the template of its own, also one in the name of a network', async () => {
  const services = [service('plain', 80, null), service('each', 81, 32), service('network', 82, 24), service('gone', 83, null)];
  const table = [
    { ...connection, rip: '10.0.0.30' }, { ...connection, clientPort: 40_001 }, { ...connection, clientPort: 40_002 }, { ...connection, cip: '192.168.8.101' }, { ...template, virtualPort: 81, rip: '10.0.0.30' },
    { ...template, cip: '192.168.8.0', virtualPort: 82, rip: '10.0.0.30' }, { ...connection, cip: '192.168.8.0', clientPort: 50_000 },
  ];
  const { ground: asked, clients } = ground(services, table);
  const followed = await follow(input, asked, 0);
  expect(clients).toEqual(['192.168.8.100', '192.168.8.0']);
  expect(followed).toMatchObject({ leftOut: 0, sample: null, measuredAtMs: 7 });
  expect(followed.services.map(({ serviceId, total, held, template: kept, next }) => [serviceId, total, held.map(({ endpoint: { rip }, connections }) => `${rip} ${connections}`).join(', '), kept?.endpoint.rip, next?.code, next?.endpoint?.rip])).toEqual([
    ['plain', 3, '10.0.0.20 2, 10.0.0.30 1', undefined, 'turn', undefined], ['each', 0, '', '10.0.0.30', 'template', '10.0.0.30'], ['network', 0, '', '10.0.0.30', 'template', '10.0.0.30'],
    ['gone', 0, '', undefined, undefined, undefined],
  ]);
});

it('a template is that of its own service: of FTP it has no port, and one of every port has none of those beside it', async () => {
  const services = [service('ftp', 21, 32), service('every', 0, 32), service('each', 81, 32)];
  const ofFtp = { ...template, virtualPort: 0, rip: '10.0.0.30' };
  const table = [{ ...template, virtualPort: 81 }, ofFtp];
  const kept = async (...asked: readonly VirtualService[]): Promise<unknown> => (
    (await follow(input, ground(asked, table).ground, 0)).services.map(({ serviceId, template: own }) => [serviceId, own?.endpoint.rip ?? null]));
  expect(await kept(...services)).toEqual([['ftp', '10.0.0.30'], ['every', '10.0.0.30'], ['each', '10.0.0.20']]);
  expect(await kept(...services.slice(0, 1))).toEqual([['ftp', '10.0.0.30']]);
});

it('a service of every port has none of the connections of those beside it, also where it alone is asked for', async () => {
  const services = [service('every', 0, 32), service('web', 80, null)];
  const table = [connection, { ...connection, clientPort: 40_001 }, { ...connection, clientPort: 40_002, virtualPort: 8_443, rip: '10.0.0.30' }];
  const held = async (changes: { serviceId?: string } = {}): Promise<unknown> => (
    (await follow({ ...input, ...changes }, ground(services, table).ground, 0)).services.map(({ serviceId, total, held: has }) => [serviceId, total, has.map(({ endpoint: { rip }, connections }) => `${rip} ${connections}`)]));
  expect(await held()).toEqual([['every', 1, ['10.0.0.30 1']], ['web', 2, ['10.0.0.20 2']]]);
  expect(await held({ serviceId: 'every' })).toEqual([['every', 1, ['10.0.0.30 1']]]);
});

it('whom a service remembers goes by what the forwarder has, not by what is defined', async () => {
  const defined = service('each', 81, null);
  const table = [{ ...template, cip: '192.168.0.0', virtualPort: 81, rip: '10.0.0.30' }];
  const { ground: asked, clients } = ground([defined], table);
  const drifted = actualOf({ ...defined, persistence: { timeoutSeconds: 60, prefixLength: 16, engine: null } });
  const followed = await follow(input, { ...asked, forwarder: { ...asked.forwarder, service: () => Promise.resolve(drifted) } }, 0);
  expect(clients).toEqual(['192.168.8.100', '192.168.0.0']);
  expect(followed.services).toMatchObject([{ template: { endpoint: { rip: '10.0.0.30' } }, next: { code: 'template', endpoint: { rip: '10.0.0.30' } } }]);
});

it('of a client with more entries than are listed, a template may be in the rest', async () => {
  const many = Array.from({ length: 2_000 }, (_, at) => ({ ...connection, virtualPort: 81, clientPort: 1_024 + at }));
  const { ground: asked } = ground([service('each', 81, 32)], [...many, { ...template, virtualPort: 81 }]);
  expect((await follow(input, asked, 0)).services[0]).toMatchObject({ total: 2_000, template: null, next: { code: 'turn', doubts: ['sampled'] } });
});

it('of many services the first are looked at, and the rest are counted', async () => {
  const followed = await follow(input, ground(Array.from({ length: 130 }, (_, at) => service(`s${at}`, 1 + at, null)), []).ground, 0);
  expect([followed.services.length, followed.leftOut]).toEqual([100, 30]);
});

it('one service, another family and another cluster are told apart, and nothing is read for none', async () => {
  const { ground: asked, clients } = ground([service('a', 80, null), service('b', 81, null)], [connection]);
  expect((await follow({ ...input, serviceId: 'b' }, asked, 0)).services.map(({ serviceId }) => serviceId)).toEqual(['b']);
  clients.length = 0;
  for (const other of [{ client: 'fd00::1' }, { clusterId: 'other' }, { serviceId: 'none' }]) expect(await follow({ ...input, ...other }, asked, 9)).toMatchObject({ services: [], measuredAtMs: 9 });
  expect(clients).toEqual([]);
});

it('of a table that was read in part, a template may be in the rest', async () => {
  const { ground: asked } = ground([service('each', 81, 32)], [], { read: 10, of: 100 });
  expect((await follow(input, asked, 0)).services[0]?.next?.doubts).toEqual(['sampled']);
});
