// Directors for tests: real agents with the proxy driver on loopback, enrolled over real TLS, and clusters on addresses of their own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestAgent } from '@weir/agent/testing';
import type { TestAgent, TestAgentOptions } from '@weir/agent/testing';
import { ProxyForwarder } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { nanoid } from 'nanoid';
import { expect, vi } from 'vitest';
import type { LinkState } from '../gateway/director-view.ts';
import { ann } from './control-plane.ts';
import type { TestPlane } from './control-plane.ts';

type Clock = NonNullable<TestAgentOptions['clock']>;

export const longWait = { timeout: 15_000, interval: 50 };

export interface TestDirector {
  readonly address: string;
  readonly keyHash: string;
  readonly code: (options?: { readonly reset: boolean }) => Promise<string>;
  readonly stop: () => Promise<void>;
  /** On the same folder and port. */
  readonly start: (openForwarder?: () => Promise<Forwarder>) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const openProxy = (): Promise<Forwarder> => Promise.resolve(new ProxyForwarder());

/** `clock`: one that the test moves, in place of the host's. */
export async function startDirector(openForwarder: () => Promise<Forwarder> = openProxy, clock?: Clock): Promise<TestDirector> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'weir-agent-'));
  const deadlines = { readMs: 1_000, applyMs: 60_000 };
  let running: TestAgent | null = await startTestAgent({ dataFolder, openForwarder, deadlines, ...(clock && { clock }) });
  const { address, keyHash, port, code } = running;
  const stop = async (): Promise<void> => {
    const ending = running;
    running = null;
    await ending?.stop();
  };
  return {
    address, keyHash, code, stop,
    start: async (open = openProxy) => {
      running = await startTestAgent({ dataFolder, openForwarder: open, port, deadlines, ...(clock && { clock }) });
    },
    remove: async () => {
      await stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

export async function enrolled(plane: TestPlane, director: TestDirector, name = `director-${nanoid(6)}`): Promise<string> {
  const { directorId } = await plane.gateway.enrol(ann, { code: await director.code(), name });
  await linkIs(plane, directorId, 'connected');
  await vi.waitFor(() => expect(plane.gateway.director(directorId)?.accepted).not.toBeNull(), longWait);
  return directorId;
}

export async function linkIs(plane: TestPlane, directorId: string, state: LinkState): Promise<void> {
  await vi.waitFor(() => expect(plane.gateway.director(directorId)?.link.state).toBe(state), longWait);
}

let hosts = 0;

/** An address on loopback that no other test uses. */
export function ownAddress(): string {
  hosts += 1;
  return `127.${64 + (process.pid % 128)}.${Math.floor(hosts / 250)}.${1 + (hosts % 250)}`;
}

export interface WebCluster {
  readonly name?: string;
  readonly directorIds: readonly string[];
  readonly vip?: string;
  readonly port?: number;
  readonly realServers?: readonly { readonly address: string; readonly port: number; readonly weight?: number }[];
}

/** One TCP service, proxied, rr. */
export function webCluster({ name = `cluster-${nanoid(6)}`, directorIds, vip = ownAddress(), port = 8080, realServers = [] }: WebCluster): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA,
    name,
    directors: directorIds.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } })),
    vips: [{ address: vip, holder: directorIds[0] ?? null }],
    services: [{
      id: 'web', name: 'web', match: { kind: 'address', protocol: 'tcp', vip, port }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: realServers.map(({ address, port: rsPort, weight = 1 }, index) => ({
        id: `rs-${index}`, name: `rs-${index}`, rip: address, port: rsPort, weight, method: { kind: 'proxied' }, thresholds: { upper: 0, lower: 0 },
      })),
    }],
  };
}
