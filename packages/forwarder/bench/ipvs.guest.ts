// Runs in the guest: one measurement of each thing that Weir and ipvsadm can both do to the same kernel.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { ipvsadmCommand, plan } from '@weir/model';
import type { ForwardingTable, OperationResult, RealServerRule, ServiceRule } from '@weir/model';
import { readQuickTable } from '@weir/ipvs';
import { enterNewNetwork } from '@weir/netlink/testing';
import { IpvsForwarder } from '../src/ipvs/ipvs.ts';

export interface Size {
  readonly services: number;
  readonly realServers: number;
}

export interface Took {
  /** What whoever waits for it waits. */
  readonly elapsedMs: number;
  /** Of all threads of the process, or of all processes of the program, in the kernel too. */
  readonly cpuMs: number;
  /** In the kernel, as its clock's ticks found it. */
  readonly systemMs: number;
}

const RULES = '/run/rules';
const LOOK_MS = 500;
let forwarder: IpvsForwarder | null = null;

async function driver(): Promise<IpvsForwarder> {
  forwarder ??= await IpvsForwarder.open();
  return forwarder;
}

/** Of all processors; the kernel counts in ticks of 10 ms. */
function idleMs(): number {
  return Number(readFileSync('/proc/stat', 'latin1').split(/\s+/, 5)[4]) * 10;
}

/** A table that nobody has used: what is removed from one stays in its trash for two minutes, and slows down whatever is added. The old one is taken down first. */
export async function anotherTable(): Promise<void> {
  await forwarder?.close();
  forwarder = null;
  await enterNewNetwork();
  // A network without any route takes every address for a broadcast.
  spawnSync('ip', ['link', 'set', 'lo', 'up']);
  for (let before = Number.NEGATIVE_INFINITY; idleMs() - before < LOOK_MS * 0.9;) {
    before = idleMs();
    await setTimeout(LOOK_MS);
  }
}

function realServer(index: number): RealServerRule {
  return {
    endpoint: { rip: `172.${16 + (index >>> 16)}.${index >>> 8 & 0xff}.${index & 0xff}`, port: 8_080 },
    settings: { method: { kind: 'nat' }, weight: 1 + index % 3, thresholds: { upper: 0, lower: 0 } },
  };
}

function table({ services, realServers }: Size): ForwardingTable {
  const few = Math.floor(realServers / services);
  const more = realServers - few * services;
  return {
    services: Array.from({ length: services }, (_, at): ServiceRule => ({
      address: { kind: 'address', protocol: 'tcp', vip: `10.${at >>> 8}.${at & 0xff}.1`, port: 80 },
      settings: { scheduler: { name: 'wlc' }, persistence: null, onePacket: false },
      realServers: Array.from({ length: few + (at < more ? 1 : 0) }, (_none, own) => realServer(at * (few + 1) + own)),
    })),
  };
}

async function measured(run: () => unknown, times = 1): Promise<Took> {
  const before = process.cpuUsage();
  const begunMs = performance.now();
  for (let count = 0; count < times; count += 1) await run();
  const elapsedMs = performance.now() - begunMs;
  const { user, system } = process.cpuUsage(before);
  return { elapsedMs: elapsedMs / times, cpuMs: (user + system) / 1_000 / times, systemMs: system / 1_000 / times };
}

/**
 * The mean of so many times, after as many but one that do not count. One after the other: V8 forgets what it compiled of code that rests, and the
 * clock of an idle machine that counts flies. So does that of one that waits for its disk: there the elapsed time says nothing.
 */
async function meanOf(times: number, run: () => unknown): Promise<Took> {
  for (let count = 1; count < times; count += 1) await run();
  return measured(run, times);
}

/** As an operator runs it, from a small shell that measures it; its output thrown away. */
function program(command: string, times = 1): Took {
  const script = `TIMEFORMAT='%3R %3U %3S'; time for turn in {1..${times}}; do ${command} >/dev/null || exit 1; done`;
  const { status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'latin1' });
  const [elapsed = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  if (status !== 0 || Number.isNaN(elapsed + user + system)) throw new Error(`${command}: ${stderr}`);
  return { elapsedMs: elapsed * 1_000 / times, cpuMs: (user + system) * 1_000 / times, systemMs: system * 1_000 / times };
}

function mustBeDone(results: readonly OperationResult[]): void {
  const other = results.find(({ status }) => status !== 'done');
  if (other !== undefined) throw new Error(`refused: ${JSON.stringify(other)}`);
}

function mustHave({ services, realServers }: Size): void {
  const lines = readFileSync('/proc/net/ip_vs', 'latin1').split('\n').length - 4;
  if (lines !== services + realServers) throw new Error(`the kernel has ${lines} rules, not ${services + realServers}`);
}

/** The plan, carried out; before it, on other tables, as many others as are said here. */
export async function coldApply(size: Size, before: readonly Size[] = []): Promise<Took> {
  for (const other of before) {
    await apply(other);
    await anotherTable();
  }
  const took = await apply(size);
  mustHave(size);
  return took;
}

async function apply(size: Size): Promise<Took> {
  const wanted = table(size);
  const kernel = await driver();
  return measured(async () => mustBeDone(await kernel.apply(plan(wanted, { services: [] }), { onFailure: 'goOn' })));
}

/** It waits for nothing: for each line it opens a socket, asks for the family and closes the socket again, and its elapsed time is that of its processor. */
export function restore(size: Size): Took {
  const lines = plan(table(size), { services: [] }).map((operation) => ipvsadmCommand(operation)?.slice('ipvsadm '.length) ?? '');
  writeFileSync(RULES, `${lines.join('\n')}\n`);
  const took = program(`ipvsadm -R < ${RULES}`);
  mustHave(size);
  return took;
}

let turn = 0;

/** Between two weights, in a table that is there. */
export async function weigh(times: number): Promise<Took> {
  const [service] = table({ services: 1, realServers: 1 }).services;
  const [rule] = service?.realServers ?? [];
  if (service === undefined || rule === undefined) throw new Error('a table has a service');
  const kernel = await driver();
  const once = async (): Promise<void> => {
    turn += 1;
    const after = { ...rule.settings, weight: 10 + turn % 2 };
    mustBeDone(await kernel.apply([{ kind: 'setRealServer', service: service.address, endpoint: rule.endpoint, before: rule.settings, after }], { onFailure: 'goOn' }));
  };
  return meanOf(times, once);
}

export function edit(): Took {
  return program('ipvsadm -e -t 10.0.0.1:80 -r 172.16.0.0:8080 -m -w $((20 + turn % 2))', 20);
}

export function nothing(): Took {
  return program('/bin/true', 20);
}

export async function sample(times: number): Promise<Took> {
  const kernel = await driver();
  return meanOf(times, () => kernel.sample());
}

export async function read(times: number): Promise<Took> {
  const kernel = await driver();
  return meanOf(times, () => kernel.read());
}

export function stats(): Took {
  return program('ipvsadm -Ln --stats --exact');
}

export function list(): Took {
  return program('ipvsadm -Ln');
}

/** Weights and connections. */
export function quick(times: number): Promise<Took> {
  return meanOf(times, () => readQuickTable(readFileSync('/proc/net/ip_vs', 'latin1')));
}
