// Connections through real agents and real traffic, and from directors that say nothing.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { startTcpEchoServer } from '@weir/lab';
import type { SampleServer } from '@weir/lab';
import { ConnectionGrouping } from '@weir/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applied } from '../testing/applied.ts';
import { ann, longDeadlines, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import type { ConnectionsFilter } from './filter.ts';

let server: TestServer;
let plane: TestPlane;
let realServer: SampleServer;
const ends: (() => Promise<unknown> | void)[] = [];

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
  realServer = await startTcpEchoServer({ address: ownAddress(), port: 8080 });
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await plane.close();
  await realServer.stop();
  await server.remove();
});

interface Site {
  readonly agent: TestDirector;
  readonly directorId: string;
  readonly clusterId: string;
  readonly vip: string;
}

async function cluster(agent: TestDirector, directorId: string): Promise<Site> {
  const vip = ownAddress();
  const definition = webCluster({ directorIds: [directorId], vip, realServers: [realServer.endpoint] });
  const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
  await applied(plane, clusterId);
  return { agent, directorId, clusterId, vip };
}

async function site(): Promise<Site> {
  const agent = await startDirector();
  ends.push(agent.remove);
  return cluster(agent, await enrolled(plane, agent));
}

/** Open until the test ends, and forwarded. */
async function hold(vip: string): Promise<Socket> {
  const socket = connect({ host: vip, port: 8080 });
  ends.push(() => void socket.destroy());
  socket.write('x');
  await once(socket, 'data');
  return socket;
}

async function totals(clusterId: string, filter: ConnectionsFilter = {}, limit = 10): Promise<unknown[]> {
  return (await plane.connections.find({ clusterId, filter, limit })).map((one) => (one.error === null ? one.list.total : one.error.code));
}

describe('the connections of a cluster', () => {
  it('are its own, with the client\'s address and port', async () => {
    const { agent, directorId, clusterId, vip } = await site();
    const other = await cluster(agent, directorId);
    const [socket] = [await hold(vip), await hold(vip), await hold(other.vip)];
    const [said] = await plane.connections.find({ clusterId, filter: {}, limit: 10 });
    expect(said).toMatchObject({ directorId, error: null, list: { total: 2, sample: null, unreadable: 0, states: [{ state: 'ESTABLISHED', count: 2 }] } });
    const entries = said?.error === null ? said.list.entries : [];
    expect(entries.map((entry) => entry.vip)).toEqual([vip, vip]);
    expect(entries.find(({ clientPort }) => clientPort === socket.localPort)).toMatchObject({ cip: socket.localAddress, rip: realServer.endpoint.address, origin: 'local' });
    expect(await totals(other.clusterId)).toEqual([1]);
  });

  it('are found by client, real server, state, service and director', async () => {
    const { directorId, clusterId, vip } = await site();
    const socket = await hold(vip);
    const found = [{}, { client: socket.localAddress ?? '' }, { network: '127.0.0.0/8' }, { protocol: 'tcp' }, { rip: realServer.endpoint.address }, { state: 'ESTABLISHED' }, { serviceId: 'web' }, { directorId }];
    const lost = [{ client: '203.0.113.9' }, { network: '203.0.113.0/24' }, { protocol: 'udp' }, { rip: '203.0.113.9' }, { state: 'FIN_WAIT' }, { serviceId: 'other' }];
    for (const filter of found) expect(await totals(clusterId, filter)).toEqual([1]);
    for (const filter of lost) expect(await totals(clusterId, filter)).toEqual([0]);
    await expect(totals(clusterId, { directorId: 'other' })).rejects.toMatchObject({ code: 'directorNotConcerned' });
  });

  it('are counted in groups', async () => {
    const { clusterId, vip } = await site();
    const socket = await hold(vip);
    const { address, port } = realServer.endpoint;
    const keys = { client: socket.localAddress, network: '127.0.0.0/24', service: `tcp ${vip}:8080`, realServer: `${address}:${port}`, state: 'ESTABLISHED', protocol: 'tcp' };
    for (const groupBy of ConnectionGrouping.options) {
      expect(await plane.connections.find({ clusterId, filter: {}, groupBy, limit: 0 })).toMatchObject([
        { list: { groups: { by: groupBy, groups: [{ key: keys[groupBy], count: 1 }], rest: { groups: 0, connections: 0 } } } },
      ]);
    }
  });

  it('of one client are followed, with where a new one would go', async () => {
    const { clusterId, vip, directorId } = await site();
    const socket = await hold(vip);
    const asked = { clusterId, client: socket.localAddress ?? '', clientPort: null };
    const { address: rip, port } = realServer.endpoint;
    expect(await plane.connections.follow(asked)).toMatchObject([{ directorId, error: null, followed: {
      leftOut: 0, sample: null,
      services: [{ serviceId: 'web', total: 1, held: [{ endpoint: { rip, port }, connections: 1 }], template: null, next: { endpoint: { rip, port } } }],
    } }]);
    expect(await plane.connections.follow({ ...asked, client: '203.0.113.9' })).toMatchObject([{ followed: { services: [{ total: 0, next: { endpoint: { rip, port } } }] } }]);
    expect(await plane.connections.follow({ ...asked, client: 'fd00::1' })).toMatchObject([{ followed: { services: [] } }]);
    expect(await plane.connections.follow({ ...asked, serviceId: 'other' })).toMatchObject([{ followed: { services: [] } }]);
    await expect(plane.connections.follow({ ...asked, directorId: 'other' })).rejects.toMatchObject({ code: 'directorNotConcerned' });
  });

  it('are counted without being listed', async () => {
    const { clusterId, vip } = await site();
    await hold(vip);
    expect(await plane.connections.find({ clusterId, filter: {}, limit: 0 })).toMatchObject([{ list: { total: 1, entries: [] } }]);
  });

  it('of a director that is silent are an error in its place', async () => {
    const { agent, clusterId, directorId } = await site();
    await agent.stop();
    await linkIs(plane, directorId, 'silent');
    expect(await plane.connections.find({ clusterId, filter: {}, limit: 1 })).toMatchObject([{ directorId, error: { code: 'directorSilent' } }]);
  });

  it('of a cluster that nobody accepted are those of no director', async () => {
    const agent = await startDirector();
    ends.push(agent.remove);
    const definition = webCluster({ directorIds: [await enrolled(plane, agent)] });
    const { clusterId } = await plane.clusters.create(ann, { definition, reason: '' });
    expect(await totals(clusterId)).toEqual([]);
    await expect(totals('no-such-cluster')).rejects.toMatchObject({ code: 'noSuchCluster' });
  });
});
