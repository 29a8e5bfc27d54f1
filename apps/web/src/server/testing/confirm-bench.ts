// A panel and directors for changes that are taken back unless a person confirms them: one service, on each of them.
import { isDeepStrictEqual } from 'node:util';
import { ManualClock } from '@weir/agent/testing/clock';
import type { Forwarder } from '@weir/forwarder';
import { vi } from 'vitest';
import { ann, startTestPlane } from './control-plane.ts';
import type { TestPlane } from './control-plane.ts';
import { openTestServer } from './database.ts';
import type { TestServer } from './database.ts';
import { enrolled, longWait, startDirector, webCluster } from './directors.ts';
import type { TestDirector } from './directors.ts';
import type { ApplyView } from '../changes/change-view.ts';
import type { ApplyOrder } from '../changes/order.ts';

export const wait = { ...longWait, timeout: 30_000 };
export const hourMs = 3_600_000;
// Nothing here waits for one of them: they are as long as a busy machine needs.
const deadlines = { connectMs: 10_000, askMs: 15_000, planMs: 20_000, applyMs: 60_000, silenceMs: 15_000 };

export interface Site {
  readonly clusterId: string;
  readonly directorIds: readonly string[];
  readonly agents: readonly TestDirector[];
  readonly clocks: readonly ManualClock[];
}

export class ConfirmBench {
  readonly #server: TestServer;
  readonly ends: (() => Promise<void>)[] = [];
  // Real, so that the panel's and the directors' clocks agree at first.
  readonly #startMs = Date.now();
  plane: TestPlane;

  private constructor(server: TestServer, plane: TestPlane) {
    this.#server = server;
    this.plane = plane;
  }

  static async open(): Promise<ConfirmBench> {
    const server = await openTestServer();
    return new ConfirmBench(server, await startTestPlane(await server.createDatabase(), { deadlines }));
  }

  async restart(): Promise<void> {
    this.plane = await this.plane.restarted();
  }

  /** After each test. */
  async tidy(): Promise<void> {
    for (const end of this.ends.splice(0)) await end();
  }

  async close(): Promise<void> {
    await this.plane.close();
    await this.#server.remove();
  }

  /** Revision 1, with a weight of 1, stands on the first director; revision 2, with a weight of 2 and no VIP of the first one's own, names all of them. */
  async site(directors = 1, openForwarder?: () => Promise<Forwarder>): Promise<Site> {
    const clocks = Array.from({ length: directors }, () => new ManualClock(this.#startMs));
    const agents: TestDirector[] = [];
    for (const clock of clocks) {
      const agent = await startDirector(openForwarder, clock);
      this.ends.push(agent.remove);
      agents.push(agent);
    }
    const directorIds: string[] = [];
    for (const [at, agent] of agents.entries()) directorIds.push(await enrolled(this.plane, agent, `lvs-${at}-${agent.address}`));
    const first = webCluster({ directorIds: directorIds.slice(0, 1), realServers: [{ address: '127.0.8.20', port: 8080 }] });
    const { clusterId } = await this.plane.clusters.create(ann, { definition: first, reason: '' });
    await this.finished((await this.plane.changes.apply(ann, await this.order(clusterId, 1))).applyId);
    const services = first.services.map((service) => ({ ...service, realServers: service.realServers.map((one) => ({ ...one, weight: 2 })) }));
    const named = directorIds.map((directorId) => ({ directorId, dip: { ipv4: null, ipv6: null } }));
    await this.plane.clusters.save(ann, { clusterId, base: 1, definition: { ...first, directors: named, services }, reason: '' });
    return { clusterId, directorIds, agents, clocks };
  }

  /** Goes on after a failure: on this host only one director can listen at the VIP. */
  async order(clusterId: string, revision: number): Promise<ApplyOrder> {
    const plan = await this.plane.changes.plan(clusterId, revision);
    const directors = plan.directors.map(({ directorId, plan: planned, error }) => {
      if (error !== null) throw new Error(error.code);
      return { directorId, digest: planned.digest, replaces: planned.replaces };
    });
    return { clusterId, revision, directors, onFailure: 'goOn' };
  }

  async ordered({ clusterId }: Site, more: Partial<ApplyOrder> = {}): Promise<string> {
    return (await this.plane.changes.apply(ann, { ...await this.order(clusterId, 2), confirmWithinMs: hourMs, ...more })).applyId;
  }

  async finished(applyId: string): Promise<ApplyView> {
    return vi.waitFor(async () => {
      const apply = await this.plane.changes.get(applyId);
      if (apply.finishedAt === null) throw new Error('it goes on');
      return apply;
    }, wait);
  }

  async confirmationsAre(applyId: string, ...confirmations: (string | null)[]): Promise<void> {
    await vi.waitFor(async () => {
      const said = (await this.plane.changes.get(applyId)).directors.map(({ confirmation }) => confirmation);
      if (!isDeepStrictEqual(said, confirmations)) throw new Error(`confirmations are ${JSON.stringify(said)}`);
    }, wait);
  }

  /** Where the agent's word came through the stream. */
  async acceptedIs({ clusterId, directorIds: [directorId = ''] }: Site, revision: number): Promise<void> {
    await vi.waitFor(() => {
      const accepted = this.plane.gateway.stateNow(directorId)?.accepted.find((held) => held.clusterId === clusterId)?.revision;
      if (accepted !== revision) throw new Error(`accepted is ${accepted}`);
    }, wait);
  }

  async auditOf(clusterId: string): Promise<string[]> {
    const entries = await this.plane.db.auditEntry.findMany({ where: { objectId: clusterId, action: { startsWith: 'changes.' } }, orderBy: { id: 'asc' } });
    return entries.map(({ action, actorName }) => `${action} ${actorName ?? 'panel'}`).slice(2);
  }
}
