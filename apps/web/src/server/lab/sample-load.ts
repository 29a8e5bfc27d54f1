// The lab's sample load, through its control socket: on a host where the lab runs, labelled as what it is.
import { formatEndpoint, IpAddress, Port, tutorialCluster } from '@weir/model';
import { Agent, fetch } from 'undici';
import { z } from 'zod';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';

const Counter = z.string().regex(/^\d{1,20}$/).transform(BigInt);
const LabEndpoint = z.object({ address: IpAddress, port: Port });

const ServersAnswer = z.object({
  servers: z.array(z.object({
    name: z.string().max(200),
    protocol: z.string().max(50),
    endpoint: LabEndpoint,
    counts: z.object({ connections: Counter.nullable(), activeConnections: z.int().min(0).nullable() }),
  })).max(100),
});

const LoadAnswer = z.object({
  on: z.boolean(),
  plan: z.object({ target: LabEndpoint.optional(), connectionsPerSecond: z.number().optional() }).nullable(),
  startedAt: z.coerce.date().nullable(),
  endsAt: z.coerce.date().nullable(),
  activeConnections: z.int().min(0),
  counts: z.object({ started: Counter, succeeded: Counter, failed: Counter, skipped: Counter }),
  lastFailure: z.object({ at: z.coerce.date(), reason: z.string().max(1_000) }).nullable(),
});

const Refusal = z.object({ error: z.object({ message: z.string() }) });

export type SampleLoadView =
  | { readonly available: false }
  | {
    readonly available: true;
    readonly on: boolean;
    /** Where the load goes: the tutorial's virtual service. */
    readonly target: string;
    readonly connectionsPerSecond: number | null;
    readonly startedAt: Date | null;
    /** When it stops by itself, or stopped. */
    readonly endsAt: Date | null;
    /** After how long it stops by itself, once it is switched on. */
    readonly stopsAfterMs: number;
    readonly activeConnections: number;
    /** Since the lab's start. */
    readonly counts: { readonly started: bigint; readonly succeeded: bigint; readonly failed: bigint; readonly skipped: bigint };
    readonly lastFailure: { readonly at: Date; readonly reason: string } | null;
    /** The sample real servers; UDP has no connections. */
    readonly servers: readonly {
      readonly name: string; readonly protocol: string; readonly address: string; readonly connections: bigint | null; readonly activeConnections: number | null;
    }[];
  };

/** The lab takes no longer order. */
const stopsAfterSeconds = 900;
const deadlineMs = 3_000;
const answerBytesMax = 1_000_000;

export class SampleLoad {
  readonly #db: Database;
  readonly #lab: Agent | null;

  /** `socketPath` null: no lab runs on this host. */
  constructor(db: Database, socketPath: string | null) {
    this.#db = db;
    this.#lab = socketPath === null ? null : new Agent({ connect: { socketPath }, maxResponseSize: answerBytesMax });
  }

  async get(): Promise<SampleLoadView> {
    if (this.#lab === null) return { available: false };
    const [load, { servers }] = await Promise.all([ask(this.#lab, LoadAnswer, '/load'), ask(this.#lab, ServersAnswer, '/servers')]);
    return {
      available: true,
      on: load.on,
      target: targetText(load.plan?.target ?? tutorialTarget()),
      connectionsPerSecond: load.plan?.connectionsPerSecond ?? null,
      startedAt: load.startedAt,
      endsAt: load.endsAt,
      stopsAfterMs: stopsAfterSeconds * 1_000,
      activeConnections: load.activeConnections,
      counts: load.counts,
      lastFailure: load.lastFailure,
      servers: servers.map(({ name, protocol, endpoint, counts }) => ({ name, protocol, address: targetText(endpoint), ...counts })),
    };
  }

  async set(actor: Actor, on: boolean): Promise<SampleLoadView> {
    if (this.#lab === null) return { available: false };
    await ask(this.#lab, LoadAnswer, '/load', on ? { on, target: tutorialTarget(), durationSeconds: stopsAfterSeconds } : { on });
    await audit(this.#db, actor, { action: 'sampleLoad.set', object: { kind: 'sampleLoad' }, after: { on } });
    return this.get();
  }

  async close(): Promise<void> {
    await this.#lab?.destroy();
  }
}

type Target = z.infer<typeof LabEndpoint>;

function tutorialTarget(): Target {
  const match = tutorialCluster('any').services[0]?.match;
  if (match?.kind !== 'address') throw new Error('the tutorial has no virtual service with an address');
  return { address: match.vip, port: match.port };
}

function targetText({ address, port }: Target): string {
  return formatEndpoint(address, port);
}

async function ask<T>(lab: Agent, schema: z.ZodType<T>, path: string, order?: unknown): Promise<T> {
  const answer = await exchange(lab, path, order);
  const refusal = Refusal.safeParse(answer);
  if (refusal.success) throw new PanelError('labRefused', { why: refusal.data.error.message.slice(0, 200) });
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new PanelError('labSilent', {}, parsed.error);
  return parsed.data;
}

async function exchange(lab: Agent, path: string, order: unknown): Promise<unknown> {
  try {
    const response = await fetch(`http://lab${path}`, {
      dispatcher: lab,
      signal: AbortSignal.timeout(deadlineMs),
      ...(order !== undefined && { method: 'PUT', body: JSON.stringify(order), headers: { 'content-type': 'application/json' } }),
    });
    return await response.json();
  } catch (error) {
    throw new PanelError('labSilent', {}, error);
  }
}
