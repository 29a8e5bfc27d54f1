import type { ServiceSample } from '@weir/model';
import type { Counters, DestinationRow, IpvsClient, ServiceId } from '@weir/ipvs';
import { expect, test } from 'vitest';
import { KnownService } from './known-service.ts';
import { sampleOf } from './sample.ts';

const counters = { connections: 4n, packetsIn: 10n, packetsOut: 8n, bytesIn: 1_000n, bytesOut: 9_000n };
const bypassed = { ...counters, packetsOut: 'replyBypassesDirector', bytesOut: 'replyBypassesDirector' };
const mark: ServiceId = { kind: 'mark', family: 'ipv4', mark: 7 };

/** The names that were made, not remembered. */
const named: string[] = [];

function row(last: number, forward = 0, own: Counters = counters): DestinationRow {
  const told = Int32Array.of(forward, last, ...Object.values(own).map(Number));
  return {
    identity: Int32Array.of(10, 1, 0, last, 80), port: 80, forward, weight: last, upperThreshold: 0, lowerThreshold: 0, active: 1, inactive: 2, persistent: 0,
    tunnelType: 0, tunnelPort: 0, tunnelFlags: 0, counters: () => own, isLike: (words) => words.join(' ') === told.join(' '), words: () => told, address: () => `10.1.0.${last}`,
    name() {
      named.push(`10.1.0.${last}:80`);
      return `10.1.0.${last}:80`;
    },
  };
}

function listing(rows: readonly DestinationRow[]): Pick<IpvsClient, 'eachDestination'> {
  return { eachDestination: (_, make) => rows.map(make) };
}

function sampled(rows: readonly DestinationRow[], service = new KnownService(mark), own = counters): ServiceSample {
  return sampleOf(service, own, listing(rows));
}

function weightsOf({ realServers }: ServiceSample): unknown {
  return realServers.map(({ key, weight }) => [key, weight]);
}

test('sees the replies of NAT, and says why not those of DR and TUN', () => {
  expect(sampled([row(1)]).counters).toEqual(counters);
  for (const forward of [2, 3]) expect(sampled([row(1, forward)]).realServers[0]?.counters).toEqual(bypassed);
});

test('gives no sum of which a part is not seen', () => {
  const mixed = sampled([row(2, 3), row(1)]);
  expect(mixed.counters).toEqual(bypassed);
  expect(mixed.realServers.map(({ key, counters: own }) => [key, own])).toEqual([['10.1.0.1:80', counters], ['10.1.0.2:80', bypassed]]);
});

test('has the sum of a service without real servers, where some reply was seen or nothing came that could be answered', () => {
  expect(sampled([])).toEqual({ key: 'fwm ipv4 7', refused: null, counters, realServers: [] });
  const fresh = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
  expect(sampled([], new KnownService(mark), fresh).counters).toEqual(fresh);
});

test('does not say 0 of the replies to a service that lost the real servers which answered past the director', () => {
  const unanswered = { ...counters, packetsOut: 0n, bytesOut: 0n };
  expect(sampled([], new KnownService(mark), unanswered).counters).toEqual(bypassed);
  const service = new KnownService(mark);
  sampled([row(1, 3)], service, unanswered);
  const zeroed = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
  expect(sampled([], service, zeroed).counters).toMatchObject({ packetsIn: 0n, bytesOut: 'replyBypassesDirector' });
  sampled([row(1)], service);
  expect(sampled([], service, unanswered).counters).toEqual(unanswered);
});

test('remembers names and order from one sample to the next, and finds out what changed', () => {
  const service = new KnownService(mark);
  const namesMade = (rows: readonly DestinationRow[], expected: readonly number[]): readonly string[] => {
    named.length = 0;
    expect(weightsOf(sampled(rows, service))).toEqual(expected.map((last) => [`10.1.0.${last}:80`, last]));
    return [...named];
  };
  expect(namesMade([row(3), row(1), row(2)], [1, 2, 3])).toHaveLength(3);
  expect(namesMade([row(3), row(1), row(2)], [1, 2, 3])).toEqual([]);
  expect(namesMade([row(3), row(1)], [1, 3])).toEqual([]);
  expect(namesMade([row(3), row(1), row(2)], [1, 2, 3])).toEqual(['10.1.0.2:80']);
  expect(namesMade([row(4), row(3), row(1), row(2)], [1, 2, 3, 4])).toHaveLength(4);
  expect(namesMade([row(4), row(3), row(9), row(2)], [2, 3, 4, 9])).toEqual(['10.1.0.9:80']);
  expect(namesMade([], [])).toEqual([]);
  expect(namesMade([row(5)], [5])).toEqual(['10.1.0.5:80']);
});

test('has the same real servers again as long as nothing of them changes', () => {
  const service = new KnownService(mark);
  const [first, ...others] = sampled([row(2), row(1), row(3)], service).realServers;
  const later = { ...counters, bytesIn: 1_001n };
  const [changed, ...unchanged] = sampled([row(2), row(1, 0, later), row(3)], service).realServers;
  expect([first?.counters, changed?.counters]).toEqual([counters, later]);
  expect(unchanged.every((one, at) => one === others[at])).toBe(true);
});

test('has a real server once that the kernel lists twice while its table is changed', () => {
  expect(weightsOf(sampled([row(2), row(2), row(1)]))).toEqual([['10.1.0.1:80', 1], ['10.1.0.2:80', 2]]);
});
