import { noRefusals } from '@weir/model';
import type { Counter, Counters, Refusals, Sample } from '@weir/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTick, encodeTick, StreamEvent, Tick } from './tick.ts';

const counter: fc.Arbitrary<Counter> = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom<Counter>(0n, 2n ** 53n + 1n, 2n ** 64n - 1n, 'replyBypassesDirector', 'userSpace'));
const counters: fc.Arbitrary<Counters> = fc.record({ connections: counter, packetsIn: counter, packetsOut: counter, bytesIn: counter, bytesOut: counter });
const number = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const refusals: fc.Arbitrary<Refusals> = fc.record({
  noRealServer: number, serviceFull: number, forwarderFull: number, sourceFull: number, templatesFull: number, queueFull: number,
});
const key = fc.constantFrom('tcp 10.0.0.1:80', 'fwm ipv6 7', 'sctp [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535');
const sample: fc.Arbitrary<Sample> = fc.record({
  measuredAtMs: fc.nat(),
  services: fc.array(fc.record({
    key, counters, refused: fc.option(refusals),
    realServers: fc.array(fc.record({
      key, weight: fc.nat(), counters, connections: fc.record({ active: fc.nat(), inactive: fc.nat(), persistent: fc.option(fc.nat()) }),
    }), { maxLength: 4 }),
  }), { maxLength: 4 }),
});

const known: Counters = { connections: 1n, packetsIn: 2n, packetsOut: 'replyBypassesDirector', bytesIn: 2n ** 64n - 1n, bytesOut: 'replyBypassesDirector' };
const tick = encodeTick('boot-1', 7, {
  measuredAtMs: 1_000,
  services: [{
    key: 'tcp 10.0.0.1:80', counters: known, refused: { ...noRefusals, serviceFull: 5n, noRealServer: 2n ** 64n - 1n },
    realServers: [{ key: '10.0.0.2:80', weight: 1, connections: { active: 3, inactive: 4, persistent: null }, counters: known }],
  }],
});
const refused = [['noRealServer', '18446744073709551615'], ['serviceFull', '5']];
const tuple = ['1', '2', 'replyBypassesDirector', '18446744073709551615', 'replyBypassesDirector'];

describe('a tick', () => {
  it('is this on the wire', () => {
    expect(JSON.parse(JSON.stringify(tick))).toEqual({
      kind: 'tick', bootId: 'boot-1', sequence: 7, measuredAtMs: 1_000,
      services: [['tcp 10.0.0.1:80', tuple, [['10.0.0.2:80', 1, 3, 4, null, tuple]], refused]],
    });
  });

  it('brings over what was counted, to the last digit', () => {
    fc.assert(fc.property(sample, fc.nat(), (given, sequence) => {
      const received = StreamEvent.parse(JSON.parse(JSON.stringify(encodeTick('boot-1', sequence, given))));
      expect(received).toMatchObject({ kind: 'tick', bootId: 'boot-1', sequence });
      expect(decodeTick(Tick.parse(received))).toEqual(given);
    }));
  });

  const spoiled = (services: unknown): unknown => ({ ...tick, services });
  it.each<[what: string, given: unknown]>([
    ['nothing', null], ['text', 'tick'], ['a list', [tick]], ['another kind', { ...tick, kind: 'tock' }], ['an unknown key', { ...tick, extra: 1 }],
    ['no boot', { ...tick, bootId: '' }], ['a sequence below 0', { ...tick, sequence: -1 }], ['a sequence of text', { ...tick, sequence: '7' }], ['no time', { ...tick, measuredAtMs: undefined }],
    ['services as an object', spoiled({})], ['a service of names', spoiled([{ key: 'x' }])], ['a service too short', spoiled([['x', tuple]])], ['one too long', spoiled([['x', tuple, [], null, 1]])],
    ['an empty key', spoiled([['', tuple, [], null]])], ['a key of 81', spoiled([['x'.repeat(81), tuple, [], null]])], ['four counters', spoiled([['x', tuple.slice(1), [], null]])],
    ['a real server without counters', spoiled([['x', tuple, [['r', 1, 0, 0, null]], null]])], ['a weight below 0', spoiled([['x', tuple, [['r', -1, 0, 0, null, tuple]], null]])],
    ['half a connection', spoiled([['x', tuple, [['r', 1, 0.5, 0, null, tuple]], null]])], ['connections beyond 2^53', spoiled([['x', tuple, [['r', 1, 2 ** 53, 0, null, tuple]], null]])],
    ['10,001 services', spoiled(Array.from({ length: 10_001 }, () => ['x', tuple, [], null]))],
    ['10,001 real servers', spoiled([['x', tuple, Array.from({ length: 10_001 }, () => ['r', 1, 0, 0, null, tuple]), null]])],
    ['refusals as an object', spoiled([['x', tuple, [], {}]])], ['a reason that is none', spoiled([['x', tuple, [], [['rain', '1']]]])],
    ['refusals that nobody sees', spoiled([['x', tuple, [], [['noRealServer', 'userSpace']]]])], ['refusals below 0', spoiled([['x', tuple, [], [['noRealServer', '-1']]]])],
    ['more reasons than there are', spoiled([['x', tuple, [], Array.from({ length: 7 }, () => ['noRealServer', '1'])]])],
  ])('is not %s', (_, given) => expect(StreamEvent.safeParse(given).success).toBe(false));

  it.each<unknown>([
    '', '-1', '+1', '01', '1.0', '1e3', '0x1', ' 1', '1 ', '1\n', '１', '18446744073709551616', '99999999999999999999', '9'.repeat(1_000_000), 'NaN', 'unseen', 'null', 1, null, true,
  ])('has no counter %j', (text) => {
    const error = Tick.safeParse(spoiled([['x', [text, '0', '0', '0', '0'], [], null]])).error;
    expect(error?.issues.map(({ path }) => path)).toEqual([['services', 0, 1, 0]]);
  });

  it.each(['0', '9', '9999999999999999999', '18446744073709551615', 'userSpace', 'replyBypassesDirector'])('may have the counter %s', (text) => {
    expect(Tick.safeParse(spoiled([['x', [text, '0', '0', '0', '0'], [], null]])).success).toBe(true);
  });
});
