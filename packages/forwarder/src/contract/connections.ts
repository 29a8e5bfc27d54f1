// Contract: the connection table, whole and by what is looked for.
import { clientNetwork, ConnectionList, endpointKey, familyOf, networkText, serviceKey } from '@weir/model';
import type { ConnectionFilter, ConnectionGrouping, ServiceAddress, ServiceMatch } from '@weir/model';
import { describe, expect, test } from 'vitest';
import { addService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

/** An address for documents (RFC 5737). */
const nobody = '203.0.113.9';

function matchesOf(services: readonly ServiceAddress[]): ServiceMatch[] {
  return services.filter((service) => service.kind === 'address');
}

export function connectionsContract(subject: ContractSubject): void {
  describe('the connection table', () => {
    test('lists connections up to a limit, and counts all', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      const held = await Promise.all([subject.connect(web), subject.connect(web), subject.connect(web)]);
      const list = await subject.forwarder.connections(2);
      expect(ConnectionList.parse(list)).toEqual(list);
      expect(list).toMatchObject({ total: 3, states: [{ state: 'ESTABLISHED', count: 3 }], sample: null, unreadable: 0 });
      expect(list.entries.map(({ rip, realPort, template }) => [endpointKey({ rip, port: realPort }), template])).toEqual([[endpointKey(rs1), false], [endpointKey(rs1), false]]);
      expect(await subject.forwarder.connections(0)).toMatchObject({ entries: [], total: 3 });
      await Promise.all(held.map((connection) => connection.close()));
    });

    test('finds connections by what is known of them, and by their services', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1), addService(other), subject.add(other, rs2));
      const held = await Promise.all([subject.connect(web), subject.connect(web), subject.connect(other)]);
      const found = async (filter: ConnectionFilter, ...services: ServiceAddress[]): Promise<number | null> => (
        (await subject.forwarder.connections(10, { filter, services: services.length === 0 ? null : matchesOf(services) })).total);
      const [one] = (await subject.forwarder.connections(10, { filter: {}, services: matchesOf([other]) })).entries;
      expect(one).toMatchObject({ rip: rs2.rip, realPort: rs2.port });
      expect([await found({}), await found({}, web), await found({}, web, other)]).toEqual([3, 2, 3]);
      expect([await found({ rip: rs1.rip, realPort: rs1.port }), await found({ rip: rs2.rip, realPort: rs2.port }, web)]).toEqual([2, 0]);
      expect([await found({ client: one?.cip ?? '' }), await found({ client: nobody, state: 'ESTABLISHED' }), await found({ protocol: 'udp' })]).toEqual([3, 0, 0]);
      expect([await found({ state: 'ESTABLISHED' }, other), await found({ state: 'CLOSE' })]).toEqual([1, 0]);
      await Promise.all(held.map((connection) => connection.close()));
    });

    test('finds clients by their network, and counts what is found in groups', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1), addService(other), subject.add(other, rs2));
      const held = await Promise.all([subject.connect(web), subject.connect(web), subject.connect(other)]);
      const [{ cip } = { cip: '' }] = (await subject.forwarder.connections(1)).entries;
      const size = familyOf(cip) === 'ipv4' ? 32 : 128;
      const found = async (network: string, groupBy: ConnectionGrouping): Promise<unknown> => {
        const { total, groups } = await subject.forwarder.connections(0, { filter: { network }, services: matchesOf([web, other]), groupBy });
        return [total, groups?.groups.map(({ key, count }) => [key, count])];
      };
      expect(await found(networkText(cip, size - 9), 'realServer')).toEqual([3, [[endpointKey(rs1), 2], [endpointKey(rs2), 1]]]);
      expect(await found(networkText(cip, size), 'service')).toEqual([3, [[serviceKey(web), 2], [serviceKey(other), 1]]]);
      expect(await found(networkText(cip, 0), 'network')).toEqual([3, [[clientNetwork(cip), 3]]]);
      expect(await found(`${nobody}/24`, 'client')).toEqual([0, []]);
      expect((await subject.forwarder.connections(0)).groups).toBeNull();
      await Promise.all(held.map((connection) => connection.close()));
    });
  });
}
