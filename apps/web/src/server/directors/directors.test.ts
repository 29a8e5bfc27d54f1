// One director as its page shows it, on a real agent; and counters that begin anew, which is written down.
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import type { KernelState, Operation, ServiceAddress } from '@weir/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, longWait, ownAddress, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import type { DirectorPage } from './director-page.ts';

/** As a kernel in the lab's machine said it, with a setting of a newer one. */
const kernel: KernelState = {
  version: '1.2.1', connectionTableSize: 4_096, timeouts: { tcpSeconds: 900, tcpFinSeconds: 120, udpSeconds: 300 }, schedulers: ['rr', 'wlc'],
  settings: [{ name: 'expire_nodest_conn', value: '0' }, { name: 'run_estimation', value: '1' }, { name: 'svc_lfactor', value: '-3' }],
  daemons: [{ role: 'backup', interface: 'eth0', syncId: 7, group: '224.0.0.81', port: 8_848, ttl: 1, longestMessageBytes: 1_472 }],
};

let zeroed: (ServiceAddress | null)[] = [];
let inspected = 0;

/** The proxy, which says of itself what a kernel says. */
function asKernel(proxy: ProxyForwarder): Forwarder {
  return {
    capabilities: { ...proxy.capabilities, outlivesAgent: true },
    read: () => proxy.read(), service: (address) => proxy.service(address), apply: (operations, options) => proxy.apply(operations, options), sample: () => proxy.sample(),
    connections: (limit, choice) => proxy.connections(limit, choice), kernel: async () => {
      inspected += 1;
      return kernel;
    },
    zero: async (service) => void zeroed.push(service), close: () => proxy.close(),
  };
}

const inKernel = new ProxyForwarder();
const foreign = { kind: 'address' as const, protocol: 'tcp' as const, vip: ownAddress(), port: 8081 };
const foreignService: Operation = { kind: 'addService', service: foreign, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } };

let server: TestServer;
let plane: TestPlane;
const agents: TestDirector[] = [];
const ids = { proxy: '', kernel: '' };
const vip = ownAddress();
let clusterId: string;

function pageOf(directorId: string): DirectorPage {
  return plane.directors.page(directorId);
}

async function until(isSo: () => boolean): Promise<void> {
  await vi.waitFor(() => {
    if (!isSo()) throw new Error('not so yet');
  }, longWait);
}

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  agents.push(await startDirector(), await startDirector(() => Promise.resolve(asKernel(inKernel))));
  const [proxyAgent, kernelAgent] = agents;
  if (proxyAgent === undefined || kernelAgent === undefined) throw new Error('two were started');
  ids.proxy = await enrolled(plane, proxyAgent, 'by-proxy');
  ids.kernel = await enrolled(plane, kernelAgent, 'by-kernel');
  const definition = webCluster({ name: 'shop', directorIds: [ids.kernel, ids.proxy], vip });
  const created = await plane.clusters.create(ann, { definition, reason: '' });
  ({ clusterId } = created);
  const { directors } = await plane.changes.plan(clusterId, created.number);
  const reviewed = directors.flatMap(({ directorId, plan }) => (plan === null ? [] : [{ directorId, digest: plan.digest, replaces: plan.replaces }]));
  // Two forwarders on one machine: only one of them can listen on the VIP.
  await plane.changes.apply(ann, { clusterId, revision: created.number, directors: reviewed, onFailure: 'goOn' });
  for (const id of [ids.kernel, ids.proxy]) await until(() => pageOf(id).clusters[0]?.vips?.length === 1);
}, 60_000);
afterAll(async () => {
  for (const agent of agents) await agent.remove();
  await plane.close();
  await server.remove();
});

describe('the page of a director', () => {
  it('says which VIPs it holds and for which it stands by, and that nobody looked at its host', () => {
    const ofVip = { address: vip, keptBy: 'weir', onHost: null };
    expect(pageOf(ids.kernel).clusters).toMatchObject([{ clusterId, name: 'shop', revision: 1, vips: [{ ...ofVip, part: 'holds' }], services: [{ id: 'web', key: `tcp ${vip}:8080` }] }]);
    expect(pageOf(ids.proxy).clusters[0]?.vips).toEqual([{ ...ofVip, part: 'standsBy' }]);
    expect(pageOf(ids.proxy)).toMatchObject({ findings: null, leftVips: [], director: { name: 'by-proxy' } });
  });

  it('tells rules that others made, in the words of ipvsadm, and drift of what they took away', async () => {
    await inKernel.apply([foreignService], { onFailure: 'goOn' });
    expect((await plane.directors.inspect(ids.kernel))?.foreign).toEqual({ count: 1, rules: [{ is: 'service', text: `-A -t ${foreign.vip}:8081 -s rr`, why: null }] });
    const { services } = await inKernel.read();
    const own = services.find(({ address }) => address.kind === 'address' && address.vip === vip);
    if (own === undefined) throw new Error('the service is there');
    await inKernel.apply([{ kind: 'removeService', service: own.address, removed: own }], { onFailure: 'goOn' });
    await vi.waitFor(() => expect(plane.drift.ofDirector(ids.kernel).heard).toMatchObject({ count: 1, rows: [{ operation: { kind: 'addService' }, clusterId }], sinceMs: expect.any(Number) as unknown }), longWait);
  });

  it('tells what the kernel is set to, with advice for what is accepted there; a proxy has none of it', async () => {
    const settings = (await plane.directors.inspect(ids.kernel))?.kernel?.settings;
    expect(settings).toEqual([
      { name: 'expire_nodest_conn', value: '0', advice: [{ code: 'stallsRemoved', severity: 'warning', services: ['web'] }] },
      { name: 'run_estimation', value: '1', advice: [] }, { name: 'svc_lfactor', value: '-3', advice: [] },
    ]);
    expect((await plane.directors.inspect(ids.kernel))?.kernel?.daemons).toEqual(kernel.daemons);
    expect(await plane.directors.inspect(ids.proxy)).toMatchObject({ kernel: null, foreign: { rules: [], count: 0 } });
  });

  it('asks the agent once for all who read it at the same time', async () => {
    const before = inspected;
    const [first, ...rest] = await Promise.all(Array.from({ length: 5 }, () => plane.directors.inspect(ids.kernel)));
    expect(rest).toEqual(rest.map(() => first));
    expect(inspected - before).toBeLessThanOrEqual(1);
  });

  it('is none where there is no such director', async () => {
    expect(() => plane.directors.page('nobody')).toThrow('noSuchDirector');
    await expect(plane.directors.inspect('nobody')).rejects.toThrow('noSuchDirector');
    await expect(plane.directors.zero(ann, { directorId: 'nobody', service: null })).rejects.toThrow('noSuchDirector');
  });
});

function log() {
  return plane.db.auditEntry.findMany({
    where: { action: { startsWith: 'directors.zero' } }, orderBy: { id: 'asc' }, select: { action: true, outcome: true, objectName: true, after: true },
  });
}

describe('zeroing counters', () => {
  it('of one service, or of everything, is ordered, done and written down', async () => {
    zeroed = [];
    await plane.directors.zero(ann, { directorId: ids.kernel, service: { clusterId, serviceId: 'web' } });
    await plane.directors.zero(ann, { directorId: ids.kernel, service: null });
    expect(zeroed).toEqual([{ kind: 'address', protocol: 'tcp', vip, port: 8080 }, null]);
    expect(await log()).toEqual(['web', null].flatMap((service) => ['directors.zero', 'directors.zeroFinish'].map((action) => (
      { action, outcome: 'done', objectName: 'by-kernel', after: { service } }))));
  });

  it('is refused by a proxy, and of a service that is not held, and that is written down too', async () => {
    const before = (await log()).length;
    await expect(plane.directors.zero(ann, { directorId: ids.proxy, service: null })).rejects.toMatchObject({ code: 'directorRefused', params: { fault: 'forwarderFailed' } });
    zeroed = [];
    await expect(plane.directors.zero(ann, { directorId: ids.kernel, service: { clusterId, serviceId: 'other' } })).rejects.toMatchObject({ code: 'directorRefused', params: { fault: 'badRequest' } });
    expect(zeroed).toEqual([]);
    expect((await log()).slice(before).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['directors.zero done', 'directors.zeroFinish failed', 'directors.zero done', 'directors.zeroFinish failed']);
  });
});
