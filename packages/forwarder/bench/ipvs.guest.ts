// Runs in the guest: one measurement of each thing that Weir and ipvsadm can both do to the same kernel.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { ipvsadmCommand, plan } from '@weir/model';
import type { ForwardingTable, Operation, RealServerRule, ServiceRule } from '@weir/model';
import { readQuickTable } from '@weir/ipvs';
import { IpvsForwarder } from '../src/ipvs/ipvs.ts';

export interface Size {
  readonly services: number;
  readonly realServers: number;
}

export interface Took {
  readonly wallMs: number;
  /** Of this process; null for another program. */
  readonly cpuMs: number | null;
}

const RULES = '/run/rules';
let forwarder: IpvsForwarder | null = null;

async function driver(): Promise<IpvsForwarder> {
  forwarder ??= await IpvsForwarder.open();
  return forwarder;
}

function realServer(index: number): RealServerRule {
  return {
    endpoint: { rip: `172.${16 + (index >>> 16)}.${index >>> 8 & 0xff}.${index & 0xff}`, port: 8_080 },
    settings: { method: { kind: 'nat' }, weight: 1 + index % 3, thresholds: { upper: 0, lower: 0 } },
  };
}

function table({ services, realServers }: Size, net = 10): ForwardingTable {
  const few = Math.floor(realServers / services);
  const more = realServers - few * services;
  return {
    services: Array.from({ length: services }, (_, at): ServiceRule => ({
      address: { kind: 'address', protocol: 'tcp', vip: `${net}.${at >>> 8}.${at & 0xff}.1`, port: 80 },
      settings: { scheduler: { name: 'wlc' }, persistence: null, onePacket: false },
      realServers: Array.from({ length: few + (at < more ? 1 : 0) }, (_none, own) => realServer(at * (few + 1) + own)),
    })),
  };
}

async function measured(run: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await run();
  const wallMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/** The time of a program, with its start, its output thrown away. */
async function program(command: string, args: readonly string[], input = ''): Promise<Took> {
  const { wallMs } = await measured(() => {
    const { status, stderr } = spawnSync(command, args, { input, stdio: ['pipe', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.toString()}`);
  });
  return { wallMs, cpuMs: null };
}

const beforehand: Size = { services: 20, realServers: 1_000 };

/** Into the kernel for good: what is removed stays in its trash for two minutes, and slows down whatever is added. */
export async function warmUp(): Promise<void> {
  const kernel = await driver();
  const operations = plan(table(beforehand, 200), { services: [] });
  for (const operation of operations) await kernel.apply([operation], { onFailure: 'goOn' });
  for (let count = 0; count < 3; count += 1) await kernel.sample();
}

function mustHave({ services, realServers }: Size, more: Size = { services: 0, realServers: 0 }): void {
  const lines = readFileSync('/proc/net/ip_vs', 'latin1').split('\n').length - 4;
  if (lines !== services + realServers + more.services + more.realServers) throw new Error(`the kernel has ${lines} rules, not ${services + realServers}`);
}

/** The plan, carried out. */
export async function coldApply(size: Size): Promise<Took> {
  const wanted = table(size);
  const kernel = await driver();
  const took = await measured(async () => {
    const results = await kernel.apply(plan(wanted, { services: [] }), { onFailure: 'goOn' });
    if (results.some(({ status }) => status !== 'done')) throw new Error('the kernel refused a rule');
  });
  mustHave(size, beforehand);
  return took;
}

export async function restore(size: Size): Promise<Took> {
  const lines = plan(table(size), { services: [] }).map((operation) => ipvsadmCommand(operation)?.slice('ipvsadm '.length) ?? '');
  writeFileSync(RULES, `${lines.join('\n')}\n`);
  const took = await program('sh', ['-c', `ipvsadm -R < ${RULES}`]);
  mustHave(size);
  return took;
}

let turn = 0;

/** Between two weights, in a table that is there. */
export async function weigh(): Promise<Took> {
  const [service] = table({ services: 1, realServers: 1 }).services;
  const [rule] = service?.realServers ?? [];
  if (service === undefined || rule === undefined) throw new Error('a table has a service');
  turn += 1;
  const operation: Operation = {
    kind: 'setRealServer', service: service.address, endpoint: rule.endpoint, before: rule.settings, after: { ...rule.settings, weight: 10 + turn % 2 },
  };
  const kernel = await driver();
  return measured(async () => {
    const [result] = await kernel.apply([operation], { onFailure: 'goOn' });
    if (result?.status !== 'done') throw new Error('the kernel refused a weight');
  });
}

export function edit(): Promise<Took> {
  turn += 1;
  return program('ipvsadm', ['-e', '-t', '10.0.0.1:80', '-r', '172.16.0.0:8080', '-m', '-w', String(20 + turn % 2)]);
}

export function nothing(): Promise<Took> {
  return program('/bin/true', []);
}

export async function sample(): Promise<Took> {
  const kernel = await driver();
  return measured(() => kernel.sample());
}

export async function read(): Promise<Took> {
  const kernel = await driver();
  return measured(() => kernel.read());
}

export function stats(): Promise<Took> {
  return program('ipvsadm', ['-Ln', '--stats', '--exact']);
}

export function quick(): Promise<Took> {
  return measured(() => readQuickTable(readFileSync('/proc/net/ip_vs', 'latin1')));
}
