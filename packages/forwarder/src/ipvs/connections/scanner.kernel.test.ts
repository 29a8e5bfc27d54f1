// The scanner on a real table of connections: `ipvsadm -Lnc` is the witness, field by field.
import { useKernelVm } from '@weir/lab/vm/testing';
import { ConnectionList, familyOf, formatEndpoint } from '@weir/model';
import type { Connection, Family } from '@weir/model';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addService } from '../../contract/subject.ts';
import type { ContractConnection, ContractFixture } from '../../contract.ts';
import { KernelBench } from '../testing/kernel-bench.ts';

const vm = useKernelVm();
let bench: KernelBench;
beforeAll(async () => { bench = await KernelBench.build(vm()); });
afterEach(() => bench.clear());

interface Witnessed {
  /** Protocol, state, source, virtual, destination. */
  readonly entry: string;
  readonly expiresInSeconds: number;
}

/** `TCP 01:55  FIN_WAIT    192.168.8.100:53532 192.168.8.200:80   192.168.8.20:80` */
async function witnessed(): Promise<Witnessed[]> {
  const lines = (await bench.director.run('ipvsadm -Lnc')).split('\n').filter((line) => /^\w+ +\d+:\d\d /.test(line));
  return lines.map((line) => {
    const [protocol = '', expires = '', ...rest] = line.trim().split(/ +/);
    const [minutes = 0, seconds = 0] = expires.split(':').map(Number);
    return { entry: [protocol, ...rest].join(' '), expiresInSeconds: minutes * 60 + seconds };
  });
}

function virtualOf({ vip, virtualPort, mark, cip }: Connection): string {
  if (vip !== null) return formatEndpoint(vip, virtualPort ?? 0);
  // ipvsadm takes the mark for an address.
  return familyOf(cip) === 'ipv4' ? `0.0.0.${mark}:0` : `[0:${mark}::]:0`;
}

function asWitnessed(connection: Connection): Witnessed {
  const { protocol, state, cip, clientPort, rip, realPort, expiresInMs } = connection;
  return {
    entry: [protocol.toUpperCase(), state, formatEndpoint(cip, clientPort), virtualOf(connection), formatEndpoint(rip, realPort)].join(' '),
    expiresInSeconds: (expiresInMs ?? 0) / 1_000,
  };
}

const byEntry = (a: Witnessed, b: Witnessed): number => (a.entry < b.entry ? -1 : 1);

async function connections({ forwarder, services: [web], endpoints, method, connect }: ContractFixture): Promise<ContractConnection[]> {
  if (connect === undefined) throw new Error('the bench makes connections');
  const settings = { method, weight: 1, thresholds: { upper: 0, lower: 0 } };
  const prefixLength = web.kind === 'address' && familyOf(web.vip) === 'ipv6' ? 128 : 32;
  await forwarder.apply([
    addService(web, { persistence: { timeoutSeconds: 300, prefixLength, engine: null } }),
    ...endpoints.map((endpoint) => ({ kind: 'addRealServer' as const, service: web, realServer: { endpoint, settings } })),
  ], { onFailure: 'goOn' });
  return [await connect(web), await connect(web)];
}

describe('the scanner', () => {
  it.each<Family>(['ipv4', 'ipv6'])('says of %s connections and templates what ipvsadm says', async (family) => {
    const fixture = await bench.fixture(family);
    const held = await connections(fixture);
    await held[1]?.close();
    const list = ConnectionList.parse(await fixture.forwarder.connections(100));
    const witness = (await witnessed()).toSorted(byEntry);
    const found = list.entries.map(asWitnessed).toSorted(byEntry);
    expect(found.map(({ entry }) => entry)).toEqual(witness.map(({ entry }) => entry));
    // Time goes on between the two.
    for (const [at, { expiresInSeconds }] of found.entries()) expect(Math.abs(expiresInSeconds - (witness[at]?.expiresInSeconds ?? 0))).toBeLessThanOrEqual(60);
    expect(list).toMatchObject({ total: 2, templates: 1, sample: null, unreadable: 0 });
    expect(list.entries.every(({ origin }) => origin === 'local')).toBe(true);
    expect(list.entries.filter(({ template }) => template).map(({ clientPort }) => clientPort)).toEqual([0]);
    await held[0]?.close();
  });

  it('tells what belongs to a firewall mark, and its template from addresses', async () => {
    const fixture = await bench.fixture('ipv4');
    const { services: [{ ...web }], endpoints: [rs], connect } = fixture;
    if (web.kind !== 'address' || connect === undefined) throw new Error('the bench has an address');
    // A mark's connections keep their port (ip_vs_core.c, ip_vs_sched_persist).
    web.port = rs.port;
    const target = formatEndpoint(rs.rip, rs.port);
    await bench.director.run(`nft -f - <<'END'
table ip weir_test {
  chain marks {
    type filter hook prerouting priority mangle
    ip daddr ${web.vip} tcp dport ${web.port} meta mark set 7
  }
}
END
ipvsadm -A -f 7 -s rr -p 60; ipvsadm -a -f 7 -r ${target} -m`);
    const held = await connect(web);
    const match = { kind: 'mark' as const, family: 'ipv4' as const, mark: 7, protocol: 'tcp' as const, vips: [web.vip], ports: [web.port] };
    const list = await fixture.forwarder.connections(10, { filter: {}, services: [match] });
    expect(list).toMatchObject({ total: 1, templates: 1 });
    expect(list.entries.map(asWitnessed).map(({ entry }) => entry).toSorted()).toEqual((await witnessed()).map(({ entry }) => entry).toSorted());
    expect(list.entries.find(({ template }) => template)).toMatchObject({ protocol: 'ip', vip: null, mark: 7 });
    expect((await fixture.forwarder.connections(10, { filter: {}, services: [{ ...match, mark: 8, ports: [1] }] })).entries).toEqual([]);
    await held.close();
    await bench.director.run('nft delete table ip weir_test');
  });

  it('answers many who ask at once', async () => {
    const fixture = await bench.fixture('ipv4');
    const [held] = await connections(fixture);
    const asked = Array.from({ length: 30 }, (_, limit) => fixture.forwarder.connections(limit));
    for (const { total } of await Promise.all(asked)) expect(total).toBe(2);
    await held?.close();
  });
});
