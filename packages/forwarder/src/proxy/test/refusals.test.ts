// Operations that the proxy must refuse, in words, and nothing half-done.
import type { Operation, RealServerSettings, ServiceAddress, ServiceSettings } from '@weir/model';
import { Fault } from '@weir/model';
import { afterEach, describe, expect, test } from 'vitest';
import { faultOf } from '../fault.ts';
import { applyTo, freePort, plainRealServer, plainService, ProxyLab, startServer } from './lab.ts';

const vip = '127.0.45.200';
const rip = '127.0.45.20';
let lab: ProxyLab;

afterEach(() => lab.close());

function add(service: ServiceAddress): Operation {
  return { kind: 'addService', service, settings: plainService };
}

async function faultOfOne(operation: Operation): Promise<Fault> {
  const before = await lab.proxy.read();
  const [result] = await applyTo(lab.proxy, operation);
  if (result?.status !== 'failed') throw new Error(`not refused but ${result?.status}`);
  expect(await lab.proxy.read()).toEqual(before);
  return Fault.parse(result.fault);
}

function refusal(changes: Partial<RealServerSettings>, endpoint = { rip, port: 80 }): Promise<Fault> {
  return faultOfOne({
    kind: 'addRealServer', service: lab.service, realServer: { endpoint, settings: { ...plainRealServer, ...changes } },
  });
}

describe('an address', () => {
  test('that another program listens on', async () => {
    lab = await ProxyLab.open(vip);
    const other = await startServer(vip);
    const { port } = other.endpoint;
    expect(await faultOfOne(add({ ...lab.service, port }))).toEqual({
      code: 'addressInUse', errno: 'EADDRINUSE', message: `cannot listen on tcp ${vip}:${port}: another program listens there`,
    });
    await other.stop();
    expect(await applyTo(lab.proxy, add({ ...lab.service, port }))).toEqual([{ status: 'done' }]);
  });

  test('that this host does not have', async () => {
    lab = await ProxyLab.open(vip);
    expect(await faultOfOne(add({ ...lab.service, vip: '192.0.2.1' }))).toEqual({
      code: 'addressNotAvailable', errno: 'EADDRNOTAVAIL',
      message: `cannot listen on tcp 192.0.2.1:${lab.service.port}: this host does not have that address`,
    });
    expect((await faultOfOne(add({ ...lab.service, vip: '2001:db8::1' }))).errno).toBe('EADDRNOTAVAIL');
  });

  test.each(['0.0.0.0', '::'])('that is all of the host\'s: %s', async (wildcard) => {
    lab = await ProxyLab.open(vip);
    expect(await faultOfOne(add({ ...lab.service, vip: wildcard }))).toMatchObject({ code: 'unsupported', errno: null });
  });

  test('with port 0', async () => {
    lab = await ProxyLab.open(vip);
    expect((await faultOfOne(add({ ...lab.service, port: 0 }))).code).toBe('unsupported');
  });

  test('that takes privileges which this user does not have', () => {
    const error = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' });
    expect(faultOf('listen on tcp 127.0.0.1:80', error)).toEqual({
      code: 'permissionDenied', errno: 'EACCES', message: 'cannot listen on tcp 127.0.0.1:80: this user may not listen on that port',
    });
  });
});

describe('a real server', () => {
  test('without a port, or that is the service itself', async () => {
    lab = await ProxyLab.open(vip);
    expect((await refusal({}, { rip, port: 0 })).message).toBe(`real server ${rip}:0 needs a port`);
    expect((await refusal({}, { rip: vip, port: lab.service.port })).message).toContain('connected to itself');
  });

  test('whose source address is of the other family', async () => {
    lab = await ProxyLab.open(vip);
    expect((await refusal({ method: { kind: 'proxied', source: '::1' } })).message).toBe(`::1 cannot connect to ${rip}:80: not the same family`);
  });

  test('with a lower threshold above the upper one', async () => {
    lab = await ProxyLab.open(vip);
    expect((await refusal({ thresholds: { upper: 1, lower: 2 } })).message).toBe('the lower threshold 2 is above the upper 1');
  });
});

test('a netmask that is longer than the addresses', async () => {
  lab = await ProxyLab.open(vip);
  const after: ServiceSettings = { ...plainService, persistence: { timeoutSeconds: 1, prefixLength: 64, engine: null } };
  expect(await faultOfOne({ kind: 'setService', service: lab.service, before: plainService, after })).toMatchObject({
    code: 'unsupported', message: 'a netmask of 64 bits is longer than an IPv4 address',
  });
});

test('one-packet scheduling of TCP', async () => {
  lab = await ProxyLab.open(vip);
  const settings = { ...plainService, onePacket: true };
  expect(await faultOfOne({ kind: 'addService', service: { ...lab.service, port: 1 }, settings })).toMatchObject({
    code: 'unsupported', message: 'one-packet scheduling is for UDP',
  });
});

describe('more', () => {
  test('services than there may be', async () => {
    lab = await ProxyLab.open(vip, { maxServices: 1 });
    expect(await faultOfOne(add({ ...lab.service, port: await freePort(vip) }))).toMatchObject({ code: 'limitReached', errno: null });
  });

  test('real servers than there may be', async () => {
    lab = await ProxyLab.open(vip, { maxRealServersPerService: 1 });
    await lab.add({ rip, port: 80 });
    expect(await faultOfOne({
      kind: 'addRealServer', service: lab.service, realServer: { endpoint: { rip, port: 81 }, settings: plainRealServer },
    })).toMatchObject({ code: 'limitReached' });
  });

  test('real servers than mh has buckets for', async () => {
    lab = await ProxyLab.open(vip, {}, { scheduler: { name: 'mh', fallback: true, port: false } });
    const endpoints = Array.from({ length: 4_094 }, (_, port) => ({ rip, port: port + 1 }));
    const additions = endpoints.map((endpoint): Operation => (
      { kind: 'addRealServer', service: lab.service, realServer: { endpoint, settings: plainRealServer } }));
    await lab.apply(...additions.slice(0, -1));
    expect(await faultOfOne(additions.at(-1) ?? add(lab.service))).toMatchObject({ code: 'limitReached' });
    const change = (after: ServiceSettings): Operation => ({ kind: 'setService', service: lab.service, before: plainService, after });
    await lab.apply(change(plainService), ...additions.slice(-1));
    expect(await faultOfOne(change({ ...plainService, scheduler: { name: 'mh', fallback: false, port: true } }))).toMatchObject({
      code: 'limitReached', message: `mh has room for 4093 real servers, service tcp ${vip}:${lab.service.port} has 4094`,
    });
  });
});
