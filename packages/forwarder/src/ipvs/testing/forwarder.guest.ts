// Runs in the guest on a director: the driver on the kernel there.
import { readFile, writeFile } from 'node:fs/promises';
import type { ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, KernelState, OnFailure, Operation, OperationResult, Sample, ServiceAddress } from '@weir/model';
import { until } from '../../proxy/test/until.ts';
import { IpvsForwarder } from '../ipvs.ts';

const opened: IpvsForwarder[] = [];

function at(number: number): IpvsForwarder {
  const forwarder = opened[number];
  if (forwarder === undefined) throw new Error(`forwarder ${number} was not opened`);
  return forwarder;
}

export async function open(): Promise<{ number: number; capabilities: Capabilities }> {
  const forwarder = await IpvsForwarder.open();
  return { number: opened.push(forwarder) - 1, capabilities: forwarder.capabilities };
}

/** With what it can do as of now. */
export async function read(number: number): Promise<{ table: ActualTable; capabilities: Capabilities }> {
  const forwarder = at(number);
  return { table: await forwarder.read(), capabilities: forwarder.capabilities };
}

export function apply(number: number, operations: readonly Operation[], onFailure: OnFailure): Promise<readonly OperationResult[]> {
  return at(number).apply(operations, { onFailure });
}

/** With the guest's time, which is another one than its host's. */
export async function sample(number: number): Promise<{ sample: Sample; nowMs: number }> {
  return { sample: await at(number).sample(), nowMs: Date.now() };
}

let broom: IpvsForwarder | null = null;
const EXPIRE = '/proc/sys/net/ipv4/vs/expire_nodest_conn';

/** Takes all rules away, and with the sysctl the kernel drops their connections. */
export async function clear(): Promise<void> {
  broom ??= await IpvsForwarder.open();
  const forwarder = broom;
  await writeFile(EXPIRE, '1');
  const { services } = await forwarder.read();
  await forwarder.apply(services.flatMap(({ address, settings, realServers }): Operation[] => [
    ...realServers.map((removed): Operation => ({ kind: 'removeRealServer', service: address, removed })),
    { kind: 'removeService', service: address, removed: { address, settings, realServers: [] } },
  ]), { onFailure: 'goOn' });
  await until('the kernel has dropped all connections', async () => (await readFile('/proc/net/ip_vs_conn', 'utf8')).split('\n').length <= 2);
  await writeFile(EXPIRE, '0');
}

export function connections(number: number, limit: number, choice?: ConnectionChoice): Promise<ConnectionList> {
  return at(number).connections(limit, choice);
}

export function serviceAt(number: number, address: ServiceAddress): Promise<ActualService | null> {
  return at(number).service(address);
}

export function kernel(number: number): Promise<KernelState> {
  return at(number).kernel();
}

export function zero(number: number, service: ServiceAddress | null): Promise<void> {
  return at(number).zero(service);
}

export function close(number: number): Promise<void> {
  return at(number).close();
}
