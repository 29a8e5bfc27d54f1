// What stays on a host, in the words of ipvsadm where its kernel forwards.
import type { Sample } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { webCluster } from '../testing/directors.ts';
import { ofCluster, remainsOf } from './remains.ts';
import type { KnownHolding, RemainsInput } from './remains.ts';

const link = { state: 'silent', since: 0, lastSeenAt: 7, error: null } as const;
const director = { id: 'b', name: 'lvs-b', address: '10.0.0.2:9348', link, hello: null };
const realServers = [{ address: '10.0.1.1', port: 80, weight: 5 }];

function dr(definition: ReturnType<typeof webCluster>): ReturnType<typeof webCluster> {
  return { ...definition, services: definition.services.map((service) => ({ ...service, realServers: service.realServers.map((server) => ({ ...server, method: { kind: 'dr' } })) })) };
}

function holding(definition: KnownHolding['definition'], rest: Partial<KnownHolding> = {}): KnownHolding {
  return { clusterId: 'web', cluster: 'web', revision: 3, how: 'accepted', digest: null, definition, ...rest };
}

function remains(holdings: readonly KnownHolding[], rest: Partial<RemainsInput> = {}): ReturnType<typeof remainsOf> {
  return remainsOf({ director, holdings, overrides: [], host: null, sample: null, namedBy: [], nowMs: 0, ...rest });
}

const web = dr(webCluster({ directorIds: ['b'], vip: '10.0.0.10', port: 80, realServers }));

describe('what stays', () => {
  it('is each service of what the director accepted, with the command that takes it out of the kernel', () => {
    const { services, endsWithAgent } = remains([holding(web)]);
    expect(services).toEqual([{
      key: 'tcp 10.0.0.10:80', clusterId: 'web', cluster: 'web', how: 'accepted', realServers: [{ key: '10.0.1.1:80', weight: 5 }],
      command: 'ipvsadm -D -t 10.0.0.10:80',
    }]);
    expect(endsWithAgent).toBe(false);
  });

  it('ends with the agent where it proxies, and needs no command for the kernel', () => {
    const { services, endsWithAgent } = remains([holding(webCluster({ directorIds: ['b'], realServers }))]);
    expect(services.map(({ command }) => command)).toEqual([null]);
    expect(endsWithAgent).toBe(true);
  });

  it('knows marks and IPv6', () => {
    const services = [
      { ...web.services[0], id: 'six', match: { kind: 'address', protocol: 'udp', vip: 'fd00::10', port: 53 } },
      { ...web.services[0], id: 'mark', match: { kind: 'mark', family: 'ipv6', mark: 7, protocol: 'tcp', vips: ['fd00::10'], ports: [] } },
    ] as typeof web.services;
    expect(remains([holding({ ...web, services })]).services.map(({ command }) => command)).toEqual(['ipvsadm -D -u [fd00::10]:53', 'ipvsadm -D -f 7 -6']);
  });

  it('has the weight that an override gives', () => {
    const override = {
      id: 'o', target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' }, cause: { kind: 'byHand', person: 'Ann' }, reason: '',
      effect: { kind: 'weight', weight: 1 }, startsAtMs: 0, endsAtMs: null,
    } as unknown as RemainsInput['overrides'][number];
    expect(remains([holding(web)], { overrides: [override] }).services[0]?.realServers).toEqual([{ key: '10.0.1.1:80', weight: 1 }]);
  });

  it('is also what was ordered without an answer, and says so', () => {
    const moved = dr(webCluster({ directorIds: ['b'], vip: '10.0.0.11', port: 80, realServers }));
    const found = remains([holding(web), holding(moved, { revision: 4, how: 'ordered' }), holding(web, { revision: 5, how: 'ordered' })]);
    expect(found.services.map(({ key, how }) => [key, how])).toEqual([['tcp 10.0.0.10:80', 'accepted'], ['tcp 10.0.0.11:80', 'ordered']]);
    expect(found.held.map(({ revision, how }) => [revision, how])).toEqual([[3, 'accepted'], [4, 'ordered'], [5, 'ordered']]);
  });

  it('names what the panel does not know, without inventing services for it', () => {
    const found = remains([holding(null, { clusterId: 'theirs', cluster: null })]);
    expect(found.held).toEqual([{ clusterId: 'theirs', cluster: null, revision: 3, how: 'accepted', known: false }]);
    expect(found.services).toEqual([]);
  });

  it('counts what was measured besides, and gives no command against it', () => {
    const sample = { measuredAtMs: 9, services: [{ key: 'tcp 10.0.0.10:80', realServers: [] }, { key: 'tcp 10.9.9.9:443', realServers: [{}, {}] }] } as unknown as Sample;
    const found = remains([holding(web)], { sample });
    expect(found).toMatchObject({ measuredAt: 9, others: [{ key: 'tcp 10.9.9.9:443', realServers: 2 }] });
    expect(ofCluster(found, 'web').others).toEqual([]);
  });

  it('is each VIP that Weir put on the host, with the command that takes it off', () => {
    const vips = [
      { address: '10.0.0.10', interface: 'eth0', byWeir: true }, { address: '10.0.0.99', interface: 'eth0', byWeir: true }, { address: '10.0.0.5', interface: 'eth0', byWeir: false },
    ];
    const found = remains([holding(web)], { host: { vips, findings: [], leftOut: { vips: 0, findings: 0 } } });
    expect(found.vips).toEqual([
      { address: '10.0.0.10', interface: 'eth0', clusterId: 'web', command: 'ip address del 10.0.0.10/32 dev eth0' },
      { address: '10.0.0.99', interface: 'eth0', clusterId: null, command: 'ip address del 10.0.0.99/32 dev eth0' },
    ]);
    expect(ofCluster(found, 'web').vips.map(({ address }) => address)).toEqual(['10.0.0.10']);
  });

  it('is each VIP that the director was to hold and has not spoken of, on whichever interface that may be', () => {
    const command = "ip -o address show to 10.0.0.10/32 | awk '{ print $2 }' | xargs -r -n 1 ip address del 10.0.0.10/32 dev";
    const perhaps = [{ address: '10.0.0.10', interface: null, clusterId: 'web', command }];
    const said = { vips: [], findings: [], leftOut: { vips: 0, findings: 0 } };
    const byOperator = { ...web, directors: web.directors.map((one) => ({ ...one, host: { vips: 'operator' as const } })) };
    const heldByOther = { ...web, directors: [...web.directors, { ...web.directors[0], directorId: 'c' }] as typeof web.directors, vips: [{ address: '10.0.0.10', holder: 'c' }] };
    expect(remains([holding(web)]).vips).toEqual(perhaps);
    expect(remains([holding(web)], { host: said }).vips).toEqual([]);
    expect(remains([holding(web, { how: 'ordered' })], { host: said }).vips).toEqual(perhaps);
    for (const other of [byOperator, heldByOther, webCluster({ directorIds: ['b'], realServers })]) expect(remains([holding(other)]).vips).toEqual([]);
  });

  it('is not said to end with the agent where nobody knows what it forwards', () => {
    expect(remains([holding(null)]).endsWithAgent).toBe(false);
    expect(remains([]).endsWithAgent).toBe(true);
  });

  it('is the same on a host that had another id when it accepted', () => {
    const before = dr(webCluster({ directorIds: ['a'], vip: '10.0.0.10', port: 80, realServers }));
    expect(remains([holding(before)]).services.map(({ command }) => command)).toEqual(['ipvsadm -D -t 10.0.0.10:80']);
  });
});
