import { describe, expect, it } from 'vitest';
import type { ServiceMatch } from '../definition/definition.ts';
import { replaced } from '../testing/replaced.ts';
import { Connection, ConnectionFilter, ConnectionGroups, ConnectionList } from './connection.ts';
import type { ConnectionGrouping } from './connection.ts';
import { everyConnection, findConnections, isChosen } from './find-connections.ts';
import { largestGroups } from './groups.ts';

const connection: Connection = {
  protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, mark: null, dip: null, directorPort: null,
  rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 900_000, origin: null, template: false,
};
const markTemplate: Connection = {
  ...connection, protocol: 'ip', clientPort: 0, vip: null, virtualPort: null, mark: 7, realPort: 0, state: 'ASSURED', template: true,
};

describe('a connection', () => {
  it('is read as it is', () => expect(Connection.parse(connection)).toEqual(connection));
  it('may be a template of a firewall mark', () => expect(Connection.parse(markTemplate)).toEqual(markTemplate));
  it.each<[string, unknown]>([
    ['protocol', 'TCP'], ['cip', 'x'], ['clientPort', 65_536], ['mark', 0], ['dip', undefined], ['state', ''], ['state', 'x'.repeat(33)], ['state', '\u001b[2J'],
    ['expiresInMs', -1], ['expiresInMs', 0.5], ['origin', 'elsewhere'], ['template', undefined], ['age', 1],
  ])('is refused with %s %j', (field, value) => expect(Connection.safeParse(replaced(connection, [field], value)).success).toBe(false));
  it('comes with at most 10,000 others', () => {
    const fits = [10_000, 10_001].map((length) => ConnectionList.safeParse({
      entries: Array.from({ length }, () => connection), total: null, states: [], templates: 0, groups: null, sample: { read: 100_000, of: 1_000_000 }, unreadable: 0, measuredAtMs: 0,
    }).success);
    expect(fits).toEqual([true, false]);
  });
});

function chosen(one: Connection, ...services: ServiceMatch[]): boolean {
  return isChosen(one, { filter: {}, services });
}

describe('what is looked for', () => {
  it('is brought to its canonical text', () => expect(ConnectionFilter.parse({ client: ' FD00::0:1 ', realPort: 80 })).toEqual({ client: 'fd00::1', realPort: 80 }));
  it.each([{ client: '10.0.0.0/8' }, { rip: '' }, { realPort: '80' }, { state: '\n' }, { age: 1 }])('is refused as %j', (filter) => expect(ConnectionFilter.safeParse(filter).success).toBe(false));

  it.each([
    [{}, true], [{ client: '192.168.8.100' }, true], [{ client: '192.168.8.101' }, false], [{ rip: '192.168.8.20', realPort: 80 }, true], [{ realPort: 81 }, false],
    [{ state: 'FIN_WAIT' }, false], [{ protocol: 'udp' }, false],
  ])('%j has the connection: %j', (filter, fits) => expect(isChosen(connection, { filter, services: null })).toBe(fits));

  const address = { kind: 'address' as const, protocol: 'tcp' as const, vip: '192.168.8.200', port: 80 };
  const mark = { kind: 'mark' as const, family: 'ipv4' as const, mark: 7, protocol: 'tcp' as const, vips: ['192.168.8.200'], ports: [80, 8_080] };

  it('may be what belongs to services', () => {
    expect([chosen(connection), chosen(connection, address), chosen(connection, { ...address, port: 0 }), chosen(connection, { ...address, port: 81 })]).toEqual([false, true, true, false]);
    expect([chosen(connection, mark), chosen(connection, { ...mark, ports: [] }), chosen(connection, { ...mark, ports: [443] })]).toEqual([true, true, false]);
    expect([chosen(markTemplate, mark), chosen(markTemplate, { ...mark, mark: 8 }), chosen(markTemplate, { ...mark, family: 'ipv6' }), chosen(markTemplate, address)]).toEqual([true, false, false, false]);
  });

  it('has the templates of FTP, which are without a port, but none of a service of every port otherwise', () => {
    const ofNoPort = { ...connection, clientPort: 0, virtualPort: 0, realPort: 0, state: 'ASSURED', template: true };
    expect([21, 0, 80].map((port) => chosen(ofNoPort, { ...address, port }))).toEqual([true, true, false]);
  });

  it('may be a network of clients, of one family', () => {
    const networks = ['192.168.8.0/24', '192.168.8.96/29', '0.0.0.0/0', '192.168.8.104/29', '10.0.0.0/8', '::/0', 'fd00::/8'];
    const inside = networks.filter((network) => isChosen(connection, { filter: ConnectionFilter.parse({ network }), services: null }));
    expect(inside).toEqual(networks.slice(0, 3));
  });

  it('is counted in groups, the largest first and templates in none', () => {
    const six = { ...connection, cip: 'fd00:0:0:1:2::3', rip: 'fd00::20' };
    const all = [connection, markTemplate, { ...connection, cip: '192.168.8.7', state: 'FIN_WAIT' }, six, { ...connection, cip: '192.168.9.1', virtualPort: 81 }];
    const keys = (groupBy: ConnectionGrouping, services: readonly ServiceMatch[] | null = null): unknown => (
      findConnections(all, { choice: { filter: {}, services, groupBy }, limit: 0 }).groups?.groups.map(({ key, count }) => `${key} ${count}`));
    expect(keys('client')).toEqual(['192.168.8.100 1', '192.168.8.7 1', '192.168.9.1 1', 'fd00:0:0:1:2::3 1']);
    expect(keys('network')).toEqual(['192.168.8.0/24 2', '192.168.9.0/24 1', 'fd00:0:0:1::/64 1']);
    expect(keys('realServer')).toEqual(['192.168.8.20:80 3', '[fd00::20]:80 1']);
    expect(keys('state')).toEqual(['ESTABLISHED 3', 'FIN_WAIT 1']);
    expect(keys('protocol')).toEqual(['tcp 4']);
    expect(keys('service')).toEqual(['tcp 192.168.8.200:80 3', 'tcp 192.168.8.200:81 1']);
    expect(keys('service', [{ ...address, port: 0 }])).toEqual(['tcp 192.168.8.200:0 4']);
    expect(keys('service', [{ ...address, port: 0 }, address]), 'of every port is what no other service names').toEqual(['tcp 192.168.8.200:80 3', 'tcp 192.168.8.200:0 1']);
    expect(keys('service', [mark])).toEqual(['fwm ipv4 7 3']);
  });

  it('names 200 groups at most, and counts what is in the rest', () => {
    const counts = Array.from({ length: 300 }, (_, at) => ({ key: `k${at}`, count: at + 1 }));
    const { groups, rest } = largestGroups('client', counts, 0);
    expect([groups.length, groups[0], rest]).toEqual([200, { key: 'k299', count: 300 }, { groups: 100, connections: 5_050 }]);
    expect(largestGroups('client', counts, 7).rest).toEqual({ groups: null, connections: 5_057 });
    expect(ConnectionGroups.parse({ by: 'client', groups, rest })).toEqual({ by: 'client', groups, rest });
  });

  it('is counted whole and listed up to a limit, templates by themselves', () => {
    const all = [connection, markTemplate, { ...connection, clientPort: 1 }, { ...connection, state: 'FIN_WAIT' }];
    expect(findConnections(all, { choice: everyConnection, limit: 2 })).toEqual({
      entries: [connection, markTemplate], total: 3, templates: 1, states: [{ state: 'ESTABLISHED', count: 2 }, { state: 'FIN_WAIT', count: 1 }], groups: null,
    });
  });
});
