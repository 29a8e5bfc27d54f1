// Reading a tick into plain memory takes and refuses what the schema does.
import type { Sample } from '@weir/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTick, encodeTick, Tick } from '../tick.ts';
import { packTick } from './pack-tick.ts';
import { readTick } from './read-tick.ts';

const counterText = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), fc.nat().map(String),
  fc.constantFrom('0', '999999999999999', '1000000000000000', '9007199254740993', '18446744073709551615', 'userSpace', 'replyBypassesDirector'));
const hostileText = fc.constantFrom('', '00', '01', '-1', '+1', '1.0', '1e3', '0x1', ' 1', '1 ', '1\n', '１', '18446744073709551616', '99999999999999999999', '9'.repeat(1_000), 'unseen', '/', ':', '1:', '__proto__');
const tuple = (text: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.tuple(text, text, text, text, text);
const key = fc.constantFrom('tcp 10.0.0.1:80', 'fwm ipv6 7', '10.0.0.2:80', 'x'.repeat(80));
const count = fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER));
const realServer = fc.tuple(key, count, count, count, fc.option(count), tuple(counterText));
const refused = fc.oneof(fc.constant(null), fc.constant([]), fc.array(fc.tuple(fc.constantFrom('noRealServer', 'serviceFull', 'queueFull'), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)), { maxLength: 6 }));
const service = fc.tuple(key, tuple(counterText), fc.array(realServer, { maxLength: 3 }), refused);
const tick = fc.record({ kind: fc.constant('tick'), bootId: fc.constantFrom('boot-1', 'x'), sequence: count, measuredAtMs: count, services: fc.array(service, { maxLength: 3 }) });

/** Things that may stand in any place of it. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText, counterText, fc.constantFrom<unknown>(null, true, -1, 0.5, -0, 2 ** 53, 1e300, 0, 1, [], {}, [[]], ['noRealServer', '1'], [['rain', '1']], [['noRealServer', 'userSpace']], 'x'.repeat(81), 'tick', 'a b'),
  tuple(counterText), service, fc.array(service, { maxLength: 2 }), fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown));

type Change = readonly [steps: readonly number[], what: 'replace' | 'remove' | 'add', value: unknown];
const change: fc.Arbitrary<Change> = fc.tuple(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 6 }), fc.constantFrom('replace' as const, 'remove' as const, 'add' as const), hostile);

/** One place of it is otherwise: a field of an object, an entry of a list. */
function changed(value: unknown, [steps, what, put]: Change): unknown {
  const [step = 0, ...rest] = steps;
  if (typeof value !== 'object' || value === null) return put;
  const names = Object.keys(value);
  const name = names[step % Math.max(1, names.length)];
  if (rest.length > 0 && name !== undefined) {
    const copy = Array.isArray(value) ? [...value as unknown[]] : { ...value };
    Reflect.set(copy, name, changed(Reflect.get(value, name), [rest, what, put]));
    return copy;
  }
  if (Array.isArray(value)) return what === 'add' ? [...value as unknown[], put] : value.toSpliced(Number(name ?? 0), 1, ...(what === 'replace' ? [put] : []));
  if (what === 'add') return { ...value, extra: put };
  return Object.fromEntries(Object.entries(value).flatMap(([each, old]) => (each === name ? (what === 'replace' ? [[each, put]] : []) : [[each, old]])));
}

const overTheWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Made of what it says when it is asked. */
function plain({ measuredAtMs, services }: Sample): Sample {
  return {
    measuredAtMs,
    services: services.map(({ key: own, counters, refused: turnedAway, realServers }) => ({
      key: own, counters, refused: turnedAway, realServers: realServers.map(({ key: endpoint, weight, connections, counters: its }) => ({ key: endpoint, weight, connections, counters: its })),
    })),
  };
}

interface Read { readonly bootId: string; readonly sequence: number; readonly sample: Sample }

function bySchema(event: unknown): Read | null {
  const { success, data } = Tick.safeParse(event);
  return success ? { bootId: data.bootId, sequence: data.sequence, sample: decodeTick(data) } : null;
}

function byPacking(event: unknown): Read | null {
  const read = packTick(event, null);
  return read === null ? null : { ...read, sample: plain(read.sample) };
}

/** By its text, after a tick of the same boot with the same keys. */
function byReading(text: string, before: unknown): Read | null {
  const earlier = packTick(before, null);
  const read = earlier === null ? null : readTick(text, earlier);
  return read === null ? null : { ...read, sample: plain(read.sample) };
}

/** The text is otherwise in one place. */
const edit = fc.record({ at: fc.nat(), gone: fc.nat({ max: 3 }), put: fc.oneof(hostileText, fc.constantFrom(' ', '"', ',', '[', ']', '}', '0', '-', '.5', 'e1', '\\', '\n', 'null', '\u0000', '\\u0031')) });
const edited = (text: string, { at, gone, put }: { readonly at: number; readonly gone: number; readonly put: string }): string => {
  const place = at % text.length;
  return text.slice(0, place) + put + text.slice(place + gone);
};

/** Nobody was turned away. */
const emptied = (event: { readonly services: readonly unknown[] }): unknown => (
  { ...event, services: event.services.map((one) => (one as unknown[]).with(3, null)) });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function sampleWith(address: string): Sample {
  const counters = { connections: 2n ** 64n - 1n, packetsIn: 2n ** 32n, packetsOut: 'userSpace', bytesIn: 2n ** 53n + 1n, bytesOut: 0n } as const;
  return { measuredAtMs: 1, services: [{ key: 'tcp 10.0.0.1:80', counters, refused: null, realServers: [{ key: address, weight: 1, connections: { active: 1, inactive: 0, persistent: null }, counters }] }] };
}

describe('a packed tick', () => {
  it('says what the schema reads', () => {
    fc.assert(fc.property(tick.map(overTheWire), (event) => {
      expect(bySchema(event)).not.toBeNull();
      expect(byPacking(event)).toEqual(bySchema(event));
    }));
  });

  it('is refused exactly where the schema refuses it', () => {
    const spoiled = fc.tuple(tick, change).map(([event, spoiling]) => overTheWire(changed(event, spoiling)));
    fc.assert(fc.property(spoiled, (event) => { expect(byPacking(event)).toEqual(bySchema(event)); }), { numRuns: 3_000 });
  });

  it('is nothing else than a tick', () => {
    fc.assert(fc.property(hostile.map(overTheWire), (value) => { expect(byPacking(value)).toEqual(bySchema(value)); }));
  });

  it.each([10_000, 10_001])('has %i services or real servers as the schema takes them', (length) => {
    const zeros = ['0', '0', '0', '0', '0'];
    const many = [Array.from({ length }, () => ['x', zeros, [], null]), [['x', zeros, Array.from({ length }, () => ['r', 1, 0, 0, null, zeros]), null]]];
    const events = many.map((services) => ({ kind: 'tick', bootId: 'boot', sequence: 1, measuredAtMs: 1, services }));
    expect(events.map(byPacking)).toEqual(events.map(bySchema));
    expect(events.map((event) => byPacking(event) !== null)).toEqual([length <= 10_000, length <= 10_000]);
  });

  it('takes no memory for real servers that are none', () => {
    const zeros = ['0', '0', '0', '0', '0'];
    const nobody = Array.from({ length: 10_000 }, () => 0);
    const services = Array.from({ length: 200 }, () => ['x', zeros, nobody, null]);
    const before = process.memoryUsage().arrayBuffers;
    expect(packTick({ kind: 'tick', bootId: 'boot', sequence: 1, measuredAtMs: 1, services }, null)).toBeNull();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('keeps its keys from second to second, and finds a service by its own', () => {
    const first = packTick(encodeTick('boot', 1, sampleWith('10.0.0.2:80')), null)?.sample;
    const second = packTick(encodeTick('boot', 2, sampleWith('10.0.0.2:80')), first?.layout ?? null)?.sample;
    const third = packTick(encodeTick('boot', 3, sampleWith('10.0.0.3:80')), first?.layout ?? null)?.sample;
    expect([second?.layout === first?.layout, third?.layout === first?.layout]).toEqual([true, false]);
    expect(third?.service('tcp 10.0.0.1:80')?.realServers[0]).toMatchObject({ key: '10.0.0.3:80', counters: { connections: 2n ** 64n - 1n, packetsIn: 2n ** 32n, packetsOut: 'userSpace', bytesIn: 2n ** 53n + 1n } });
    expect([third?.service('tcp 10.0.0.9:80'), third?.rows]).toEqual([null, 2]);
  });
});

describe('the text of a tick that has the keys of the one before', () => {
  it('is read as the schema reads it', () => {
    const times = fc.nat();
    const usual = fc.tuple(tick, times, times).map(([event, sequence, measuredAtMs]) => ({ ...event, sequence, measuredAtMs }));
    fc.assert(fc.property(usual.filter((event) => !JSON.stringify(event).includes(String(Number.MAX_SAFE_INTEGER))), (event) => {
      const text = JSON.stringify(emptied(event));
      expect(byReading(text, event)).not.toBeNull();
      expect(byReading(text, event)).toEqual(bySchema(JSON.parse(text)));
    }), { numRuns: 500 });
  });

  it('is never read otherwise than the schema does, however it is spoiled', () => {
    fc.assert(fc.property(tick, fc.array(edit, { minLength: 1, maxLength: 3 }), (event, edits) => {
      const text = edits.reduce(edited, JSON.stringify(emptied(event)));
      const asSchema = bySchema(parsed(text));
      expect(byReading(text, event) ?? asSchema).toEqual(asSchema);
    }), { numRuns: 5_000 });
  });

  it('of another boot is left to the schema, so that no part of a text is kept', () => {
    const event = encodeTick('boot-1', 1, sampleWith('10.0.0.2:80'));
    expect(byReading(JSON.stringify(event), event)).not.toBeNull();
    expect(byReading(JSON.stringify({ ...event, bootId: 'boot-2' }), event)).toBeNull();
  });

  it('with a key that JSON writes otherwise is left to the schema', () => {
    const event = { kind: 'tick', bootId: 'boot', sequence: 1, measuredAtMs: 1, services: [['a\\b', ['0', '0', '0', '0', '0'], [], null]] };
    expect(byPacking(event)).not.toBeNull();
    expect(byReading(JSON.stringify(event), event)).toBeNull();
    expect(byReading(JSON.stringify(event).replace('\\\\', '\\'), event)).toBeNull();
  });
});
