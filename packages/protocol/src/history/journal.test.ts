// Intervals on the wire: what comes over, and what is refused.
import type { Carried, Growth, Interval } from '@weir/model';
import { intervalMs } from '@weir/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeInterval, encodeInterval, JournalAnswer, JournalCommittedInput, JournalInput, WireInterval } from './journal.ts';

const grown: fc.Arbitrary<Growth> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom<Growth>(0n, 2n ** 53n + 1n, 2n ** 64n - 1n, 'replyBypassesDirector', 'userSpace'));
const growths = fc.record({ connections: grown, packetsIn: grown, packetsOut: grown, bytesIn: grown, bytesOut: grown });
const mean = fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs);
const carried: fc.Arbitrary<Carried> = fc.tuple(growths, growths, fc.boolean(), fc.nat(), mean, fc.nat(), mean).map(
  ([growth, other, isSame, measuredMs, activeMean, most, inactiveMean]) => (
    { growth, measuredGrowth: isSame ? growth : other, measuredMs, active: { mean: activeMean, most }, inactive: { mean: inactiveMean } }));
const key = fc.constantFrom('tcp 10.0.0.1:80', 'fwm ipv6 7', 'sctp [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535');
const id = fc.option(fc.constantFrom('a', 'V1StGXR8_Z5jdHi6B-myT'));
const realServer = fc.tuple(carried, key, id, fc.nat()).map(([all, endpoint, realServerId, weight]) => ({ ...all, key: endpoint, realServerId, weight }));
const service = fc.tuple(carried, key, id, id, fc.array(realServer, { maxLength: 4 })).map(
  ([all, serviceKey, clusterId, serviceId, realServers]) => ({ ...all, key: serviceKey, clusterId, serviceId, realServers }));
const interval: fc.Arbitrary<Interval> = fc.record({
  sequence: fc.integer({ min: 1 }), startMs: fc.nat(1_000_000).map((number) => number * intervalMs), byteKind: fc.constantFrom('ipBytes' as const, 'payloadBytes' as const),
  services: fc.array(service, { maxLength: 4 }),
});

const counted = { connections: 1n, packetsIn: 2n, packetsOut: 'replyBypassesDirector', bytesIn: 3n, bytesOut: 'replyBypassesDirector' } as const;
const one: Carried = { measuredMs: 9_000, growth: counted, measuredGrowth: { ...counted, bytesIn: 2n }, active: { mean: 1.5, most: 7 }, inactive: { mean: 0 } };
const told = encodeInterval({
  sequence: 7, startMs: 1_800_000_000_000, byteKind: 'ipBytes',
  services: [{ key: 'tcp 10.0.0.1:80', clusterId: 'c', serviceId: 's', ...one, realServers: [{ key: '10.0.0.2:80', realServerId: null, weight: 5, ...one, measuredGrowth: counted }] }],
});
const tuple = ['1', '2', 'replyBypassesDirector', '3', 'replyBypassesDirector'];
const measured = ['1', '2', 'replyBypassesDirector', '2', 'replyBypassesDirector'];

describe('an interval', () => {
  it('is this on the wire', () => {
    expect(JSON.parse(JSON.stringify(told))).toEqual({
      sequence: 7, startMs: 1_800_000_000_000, byteKind: 'ipBytes',
      services: [['tcp 10.0.0.1:80', 'c', 's', [9_000, tuple, measured, 1.5, 7, 0], [['10.0.0.2:80', null, 5, [9_000, tuple, null, 1.5, 7, 0]]]]],
    });
  });

  it('brings over what was counted, to the last digit', () => {
    fc.assert(fc.property(interval, (given) => {
      expect(decodeInterval(WireInterval.parse(JSON.parse(JSON.stringify(encodeInterval(given)))))).toEqual(given);
    }));
  });

  it('never says more than a counter can hold, for one absurd figure must not hold up what follows', () => {
    const absurd = { ...counted, bytesIn: 2n ** 70n };
    const sent = WireInterval.parse(encodeInterval({ sequence: 1, startMs: 0, byteKind: 'ipBytes', services: [{ key: 'x', clusterId: null, serviceId: null, ...one, growth: absurd, realServers: [] }] }));
    expect(decodeInterval(sent).services[0]?.growth).toEqual({ ...counted, bytesIn: 2n ** 64n - 1n });
  });

  const [service0] = told.services;
  const spoiled = (at: number, value: unknown): unknown => ({ ...told, services: [(service0 as unknown[]).map((part, index) => (index === at ? value : part))] });
  const carriedAs = (...parts: unknown[]): unknown => spoiled(3, parts);
  it.each<[what: string, given: unknown]>([
    ['nothing', null], ['a list', [told]], ['an unknown key', { ...told, extra: 1 }], ['sequence 0', { ...told, sequence: 0 }], ['half a sequence', { ...told, sequence: 1.5 }],
    ['a beginning between two', { ...told, startMs: 1_800_000_000_001 }], ['a beginning before all', { ...told, startMs: -10_000 }], ['other bytes', { ...told, byteKind: 'bits' }],
    ['services as an object', { ...told, services: {} }], ['a service too short', { ...told, services: [(service0 as unknown[]).slice(1)] }], ['an empty key', spoiled(0, '')],
    ['a key of 81', spoiled(0, 'x'.repeat(81))], ['a cluster of a strange name', spoiled(1, '../x')], ['no real servers', spoiled(4, null)],
    ['10,001 real servers', spoiled(4, Array.from({ length: 10_001 }, () => ['r', null, 1, [0, tuple, null, 0, 0, 0]]))],
    ['10,001 services', { ...told, services: Array.from({ length: 10_001 }, () => service0) }],
    ['time below 0', carriedAs(-1, tuple, null, 0, 0, 0)], ['four counters', carriedAs(0, tuple.slice(1), null, 0, 0, 0)], ['growth below 0', carriedAs(0, ['-1', '0', '0', '0', '0'], null, 0, 0, 0)],
    ['growth of 2^64', carriedAs(0, ['18446744073709551616', '0', '0', '0', '0'], null, 0, 0, 0)], ['a mean of nothing', carriedAs(0, tuple, null, null, 0, 0)], ['a mean below 0', carriedAs(0, tuple, null, -0.5, 0, 0)],
    ['an endless mean', carriedAs(0, tuple, null, Number.POSITIVE_INFINITY, 0, 0)], ['half a connection at most', carriedAs(0, tuple, null, 0, 0.5, 0)],
  ])('is not %s', (_, given) => expect(WireInterval.safeParse(given).success).toBe(false));
});

describe('the journal', () => {
  const answer = { journalId: 'j', intervals: [told], dropped: null, more: false };
  it('is asked for from a place on', () => {
    expect(JournalInput.parse({ journalId: null, after: 0, limit: 360 })).toEqual({ journalId: null, after: 0, limit: 360 });
    for (const wrong of [{ limit: 0 }, { limit: 361 }, { after: -1 }, { after: 0.5 }, { journalId: '' }, { journalId: '../x' }, { extra: 1 }]) {
      expect(JournalInput.safeParse({ journalId: null, after: 0, limit: 1, ...wrong }).success).toBe(false);
    }
  });
  it('answers with a bounded number of intervals', () => {
    expect(JournalAnswer.parse(answer)).toEqual(answer);
    for (const wrong of [{ intervals: Array.from({ length: 361 }, () => told) }, { dropped: 0 }, { journalId: null }, { more: null }, { extra: 1 }]) {
      expect(JournalAnswer.safeParse({ ...answer, ...wrong }).success).toBe(false);
    }
  });
  it('is not committed to nowhere', () => {
    expect([1, 0, -1, 1.5].map((sequence) => JournalCommittedInput.safeParse({ journalId: 'j', sequence }).success)).toEqual([true, false, false, false]);
  });
});
