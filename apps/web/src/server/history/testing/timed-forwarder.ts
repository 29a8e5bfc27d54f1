// The proxy with a clock that a test moves, and counters that can begin anew as a kernel's do.
import type { ManualClock } from '@weir/agent/testing/clock';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { counterNames } from '@weir/model';
import type { Counters, Sample } from '@weir/model';

type Bases = ReadonlyMap<string, Counters>;

export interface TimedForwarder {
  readonly open: () => Promise<Forwarder>;
  readonly zero: () => Promise<void>;
  /** How often it was looked at. */
  readonly samples: () => number;
}

export function timedForwarder(clock: ManualClock): TimedForwarder {
  let proxy = new ProxyForwarder();
  let bases: Bases = new Map();
  let samples = 0;
  return {
    samples: () => samples,
    zero: async () => { bases = basesOf(await proxy.sample()); },
    open: () => {
      proxy = new ProxyForwarder();
      bases = new Map();
      const own = proxy;
      const timed: Forwarder = {
        capabilities: own.capabilities,
        read: () => own.read(), service: (address) => own.service(address), apply: (operations, options) => own.apply(operations, options), connections: (limit, choice) => own.connections(limit, choice),
        kernel: () => own.kernel(), zero: () => own.zero(), close: () => own.close(),
        sample: async () => {
          const { services } = await own.sample();
          samples += 1;
          return { measuredAtMs: clock.nowMs(), services: services.map((service) => ({
            ...service, counters: since(bases, service.key, service.counters),
            realServers: service.realServers.map((realServer) => ({ ...realServer, counters: since(bases, `${service.key} ${realServer.key}`, realServer.counters) })),
          })) };
        },
      };
      return Promise.resolve(timed);
    },
  };
}

function basesOf({ services }: Sample): Bases {
  return new Map(services.flatMap(({ key, counters, realServers }): [string, Counters][] => (
    [[key, counters], ...realServers.map((realServer): [string, Counters] => [`${key} ${realServer.key}`, realServer.counters])])));
}

function since(bases: Bases, key: string, counters: Counters): Counters {
  const base = bases.get(key);
  if (base === undefined) return counters;
  const of = (name: (typeof counterNames)[number]): Counters['connections'] => {
    const [is, was] = [counters[name], base[name]];
    return typeof is === 'bigint' && typeof was === 'bigint' ? is - was : is;
  };
  return { connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut') };
}
