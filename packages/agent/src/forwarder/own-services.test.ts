// What is Weir's and what is foreign in a forwarder that outlives its agent.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Forwarder } from '@weir/forwarder';
import type { ActualTable, Capabilities, Fault, Operation, OperationResult, ServiceAddress } from '@weir/model';
import { serviceKey } from '@weir/model';
import { describe, expect, it } from 'vitest';
import { openDataFolder } from '../disk/data-folder.ts';
import { temporaryFolder } from '../testing/bench.ts';
import { guarded } from './guarded-forwarder.ts';
import { OwnServices, withOwnServices } from './own-services.ts';
import type { OwnServicesParts } from './own-services.ts';

const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const;

function service(port: number): ServiceAddress {
  return { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port };
}

const add = (port: number): Operation => ({ kind: 'addService', service: service(port), settings });
const remove = (port: number): Operation => ({ kind: 'removeService', service: service(port), removed: { address: service(port), settings, realServers: [] } });
const into = (port: number): Operation => ({
  kind: 'addRealServer', service: service(port),
  realServer: { endpoint: { rip: '10.0.1.1', port }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } } },
});
const failed = (code: Fault['code']): OperationResult => ({ status: 'failed', fault: { code, message: 'no', errno: null } });

/** A forwarder that is a set of ports, and outlives whoever drives it. */
class Kernel {
  readonly ports = new Set<number>();
  readonly realServers: string[] = [];
  answer: OperationResult | null = null;
  outlivesAgent = true;
  removal: Capabilities['removal'] = 'stall';

  get forwarder(): Forwarder {
    const can = (): Capabilities => ({ outlivesAgent: this.outlivesAgent, removal: this.removal }) as Capabilities;
    return {
      get capabilities() { return can(); },
      read: (): Promise<ActualTable> => Promise.resolve({
        services: [...this.ports].map((port) => ({ address: service(port), settings, foreign: false, realServers: [] })), others: [],
      }),
      service: () => Promise.reject(new Error('nobody asks for one')),
      apply: (operations) => Promise.resolve(operations.map((operation) => this.#perform(operation))),
      sample: () => Promise.resolve({ measuredAtMs: 0, services: [] }),
      connections: () => Promise.reject(new Error('nobody asks for these')),
      kernel: () => Promise.resolve(null),
      zero: () => Promise.reject(new Error('nobody asks for this')),
      close: () => Promise.resolve(),
    };
  }

  #perform({ kind, service: address }: Operation): OperationResult {
    if (this.answer !== null) return this.answer;
    if (address.kind === 'address' && kind === 'addService') {
      if (this.ports.has(address.port)) return failed('alreadyExists');
      this.ports.add(address.port);
    }
    if (address.kind === 'address' && kind === 'addRealServer') this.realServers.push(String(address.port));
    if (address.kind === 'address' && kind === 'removeService') this.ports.delete(address.port);
    return { status: 'done' };
  }
}

interface Bench {
  readonly kernel: Kernel;
  /** Another agent on the same disk. */
  readonly open: (held?: readonly number[]) => Promise<Forwarder>;
  readonly path: string;
}

async function bench(): Promise<Bench> {
  const path = await temporaryFolder();
  const files = await openDataFolder(path);
  const kernel = new Kernel();
  return {
    kernel, path,
    open: async (held = []) => withOwnServices(kernel.forwarder, await OwnServices.load({ file: files.ownServices, held: () => new Set(held.map((port) => serviceKey(service(port)))) })),
  };
}

async function foreign(forwarder: Forwarder): Promise<number[]> {
  return (await forwarder.read()).services.flatMap(({ address, foreign: isForeign }) => (isForeign && address.kind === 'address' ? [address.port] : []));
}

async function own(forwarder: Forwarder): Promise<number[]> {
  return (await forwarder.read()).services.flatMap(({ address, foreign: isForeign }) => (!isForeign && address.kind === 'address' ? [address.port] : []));
}

type Stored = Parameters<OwnServicesParts['file']['write']>[0];

const goOn = { onFailure: 'goOn' } as const;

describe('services of a forwarder that outlives its agent', () => {
  it('are foreign but for those that Weir added, also to the next agent', async () => {
    const { kernel, open, path } = await bench();
    kernel.ports.add(22);
    const forwarder = await open();
    await forwarder.apply([add(80), add(443)], goOn);
    expect([await own(forwarder), await foreign(forwarder)]).toEqual([[80, 443], [22]]);
    expect([await own(await open()), await foreign(await open())]).toEqual([[80, 443], [22]]);
    expect(await readFile(join(path, 'own-services.json'), 'utf8')).toContain('tcp 10.0.0.1:443');
  });

  it('are known before they are there: an agent may end in between', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open([80]);
    kernel.answer = failed('unexpected');
    await forwarder.apply([add(80)], goOn);
    kernel.answer = null;
    await kernel.forwarder.apply([add(80)], goOn);
    expect(await own(await open([80]))).toEqual([80]);
  });

  it('are foreign where Weir was refused because somebody else had them', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open([80]);
    kernel.answer = failed('alreadyExists');
    await forwarder.apply([add(80)], goOn);
    kernel.ports.add(80);
    expect(await foreign(forwarder)).toEqual([80]);
  });

  it('get no real server where somebody else added them since the plan was made, and the rest of the plan goes on', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open([80, 443]);
    kernel.ports.add(80);
    const results = await forwarder.apply([add(80), into(80), add(443), into(443)], goOn);
    expect(results).toEqual([failed('alreadyExists'), { status: 'skipped', why: 'foreignService' }, { status: 'done' }, { status: 'done' }]);
    expect(kernel.realServers).toEqual(['443']);
    expect([await own(forwarder), await foreign(forwarder)]).toEqual([[443], [80]]);
  });

  it('are foreign again once Weir removed them, or somebody did and nobody wants them', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open();
    await forwarder.apply([add(80), add(443)], goOn);
    await forwarder.apply([remove(80)], goOn);
    kernel.ports.delete(443);
    await forwarder.read();
    for (const port of [80, 443]) kernel.ports.add(port);
    expect(await foreign(forwarder)).toEqual([80, 443]);
  });

  it('are Weir\'s once it takes them over, and others\' again once it leaves them', async () => {
    const { kernel, path } = await bench();
    kernel.ports.add(80);
    const { ownServices: file } = await openDataFolder(path);
    const ownership = await OwnServices.load({ file, held: () => new Set() });
    const forwarder = withOwnServices(kernel.forwarder, ownership);
    await ownership.adopt([serviceKey(service(80))]);
    expect([await own(forwarder), await foreign(forwarder)]).toEqual([[80], []]);
    await ownership.leave([serviceKey(service(80))]);
    expect([await own(forwarder), [...kernel.ports]]).toEqual([[], [80]]);
  });

  it('are as many as clusters may have, also for the next agent', async () => {
    const { open } = await bench();
    const ports = Array.from({ length: 30_000 }, (_, index) => index + 1);
    await (await open()).apply(ports.map(add), goOn);
    expect(await own(await open())).toHaveLength(ports.length);
  });

  it('stay Weir\'s where they are wanted, though somebody took them away and put them back', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open([80]);
    await forwarder.apply([add(80)], goOn);
    kernel.ports.delete(80);
    await forwarder.read();
    kernel.ports.add(80);
    expect(await own(forwarder)).toEqual([80]);
  });

  it('stay Weir\'s where others were just being forgotten when they were added', async () => {
    const kernel = new Kernel();
    let stored: Stored | null = null;
    let disk: Promise<void> = Promise.resolve();
    const write = async (value: Stored): Promise<void> => {
      const ready = disk;
      disk = Promise.resolve();
      await ready;
      stored = value;
    };
    const file = { path: '', read: () => Promise.resolve(stored), write, remove: () => Promise.reject(new Error('nobody removes it')) };
    const forwarder = withOwnServices(kernel.forwarder, await OwnServices.load({ file, held: () => new Set() }));
    await forwarder.apply([add(443)], goOn);
    kernel.ports.delete(443);
    const waiting: (() => void)[] = [];
    disk = new Promise((resolve) => { waiting.push(resolve); });
    const reading = forwarder.read();
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    const adding = forwarder.apply([add(80)], goOn);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    for (const written of waiting) written();
    await Promise.all([reading, adding]);
    expect(await own(forwarder)).toEqual([80]);
    expect(stored).toEqual({ format: 1, services: ['tcp 10.0.0.1:80'] });
  });

  it('stay Weir\'s where a second adding was refused', async () => {
    const { kernel, open } = await bench();
    const forwarder = await open();
    await forwarder.apply([add(80)], goOn);
    kernel.answer = failed('alreadyExists');
    await forwarder.apply([add(80)], goOn);
    expect(await own(forwarder)).toEqual([80]);
  });
});

it('what a removal costs is what the forwarder makes of it now, through all that stands before it', async () => {
  const { kernel, open } = await bench();
  const forwarder = guarded(await open(), 1_000);
  expect(forwarder.capabilities.removal).toBe('stall');
  kernel.removal = 'reset';
  expect(forwarder.capabilities.removal).toBe('reset');
});

it('a forwarder that begins with its agent has nothing foreign but what it says itself', async () => {
  const { kernel, open } = await bench();
  kernel.outlivesAgent = false;
  kernel.ports.add(80);
  expect(await own(await open())).toEqual([80]);
});
