// Clusters for tests, each on loopback addresses that no other test uses.
import { randomUUID } from 'node:crypto';
import type { ClusterDefinition } from '@weir/model';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { ApplyInput, ApplyOutput, ApplyReport, PlanInput } from '@weir/protocol';
import type { TestPanel } from './test-panel.ts';
import { DIRECTOR } from './test-panel.ts';

let hosts = 0;

export function ownAddress(): string {
  hosts += 1;
  return `127.${32 + (process.pid % 31)}.${process.pid % 250}.${1 + (hosts % 250)}`;
}

export interface ClusterOptions {
  readonly vip?: string;
  readonly port?: number;
  readonly weights?: readonly number[];
  readonly realServers?: readonly string[];
}

/** One TCP service, proxied, in turn by weight. */
export function cluster({ vip = ownAddress(), port = 8080, weights = [1, 1], realServers = ['127.0.8.20', '127.0.8.30', '127.0.8.40'] }: ClusterOptions = {}): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA,
    name: 'web',
    directors: [{ directorId: DIRECTOR, dip: { ipv4: '127.0.8.10', ipv6: null } }],
    vips: [{ address: vip, holder: DIRECTOR }],
    services: [{
      id: 'web', name: 'web', match: { kind: 'address', protocol: 'tcp', vip, port }, scheduler: { name: 'wrr' }, persistence: null, onePacket: false,
      realServers: weights.map((weight, i) => ({
        id: `rs-${i}`, name: `rs-${i}`, rip: realServers[i] ?? '127.0.8.99', port: 8080, weight,
        method: { kind: 'proxied' }, thresholds: { upper: 0, lower: 0 },
      })),
    }],
  };
}

type Client = ReturnType<TestPanel['client']>;

/** What a panel sends when a person has reviewed the plan. */
export async function reviewed(client: Client, change: PlanInput, options: Partial<ApplyInput> = {}): Promise<ApplyInput> {
  const { digest, replaces } = await client.plan.mutate(change);
  return { ...change, applyId: randomUUID(), digest, replaces, onFailure: 'rollBack', ...options };
}

export function reportOf(output: ApplyOutput): ApplyReport {
  if (output.kind === 'report') return output.report;
  throw new Error(`refused: ${output.why}`);
}

export async function applied(client: Client, change: PlanInput, options: Partial<ApplyInput> = {}): Promise<ApplyReport> {
  return reportOf(await client.applyChange.mutate(await reviewed(client, change, options)));
}
