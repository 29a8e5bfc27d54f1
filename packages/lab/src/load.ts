// The load maker ("Sample load"): HTTP connections towards a loopback address, bounded in rate, number and duration, each one counted.
import { get } from 'node:http';
import { z } from 'zod';
import { endpointSchema, isLoopback } from './address.ts';

export const loadOrderSchema = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal(true),
    target: endpointSchema.refine(({ address }) => isLoopback(address), 'is not a loopback address: sample load goes nowhere else'),
    connectionsPerSecond: z.number().min(0.1).max(200).default(20),
    maxConcurrent: z.int().min(1).max(500).default(100),
    durationSeconds: z.number().min(1).max(900).default(900),
  }),
  z.strictObject({ on: z.literal(false) }),
]);

export type LoadOrder = z.infer<typeof loadOrderSchema>;
export type LoadPlan = Extract<LoadOrder, { on: true }>;

export interface LoadCounts {
  readonly started: bigint;
  readonly succeeded: bigint;
  readonly failed: bigint;
  /** Not begun because as many as allowed were open. */
  readonly skipped: bigint;
  readonly bytesReceived: bigint;
}

export interface LoadState {
  readonly on: boolean;
  /** The order being carried out, or the last one. */
  readonly plan: LoadPlan | null;
  readonly startedAt: Date | null;
  /** When it stops by itself, or stopped. */
  readonly endsAt: Date | null;
  readonly activeConnections: number;
  /** Since the lab's start, over all orders. */
  readonly counts: LoadCounts;
  readonly lastFailure: { readonly at: Date; readonly reason: string } | null;
}

const connectionDeadlineMs = 60_000;
/** One connection in ten stays open for a while, so that active connections can be seen. */
const longLivedShare = 0.1;

export class LoadMaker {
  #state: Omit<LoadState, 'activeConnections' | 'counts'> = { on: false, plan: null, startedAt: null, endsAt: null, lastFailure: null };
  readonly #counts = { started: 0n, succeeded: 0n, failed: 0n, skipped: 0n, bytesReceived: 0n };
  readonly #open = new Set<AbortController>();
  readonly #random: () => number;
  #rateTimer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  state(): LoadState {
    return { ...this.#state, activeConnections: this.#open.size, counts: { ...this.#counts } };
  }

  order(order: LoadOrder): LoadState {
    this.#stopTimers();
    const now = Date.now();
    if (!order.on) {
      if (this.#state.on) this.#state = { ...this.#state, on: false, endsAt: new Date(now) };
      return this.state();
    }
    const endsAt = new Date(now + order.durationSeconds * 1000);
    this.#state = { ...this.#state, on: true, plan: order, startedAt: new Date(now), endsAt };
    this.#rateTimer = setInterval(() => this.#begin(order), 1000 / order.connectionsPerSecond);
    this.#endTimer = setTimeout(() => this.order({ on: false }), order.durationSeconds * 1000);
    return this.state();
  }

  /** Stops at once; connections that are open are broken off and counted as failed. */
  close(): void {
    this.order({ on: false });
    for (const controller of this.#open) controller.abort();
  }

  #stopTimers(): void {
    clearInterval(this.#rateTimer);
    clearTimeout(this.#endTimer);
  }

  #begin(plan: LoadPlan): void {
    if (this.#open.size >= plan.maxConcurrent) {
      this.#counts.skipped += 1n;
      return;
    }
    this.#counts.started += 1n;
    const controller = new AbortController();
    this.#open.add(controller);
    const deadline = setTimeout(() => controller.abort(), connectionDeadlineMs);
    void this.#fetch(plan, controller.signal)
      .then(
        () => (this.#counts.succeeded += 1n),
        (error: unknown) => {
          this.#counts.failed += 1n;
          this.#state = { ...this.#state, lastFailure: { at: new Date(), reason: reasonOf(error) } };
        },
      )
      .finally(() => {
        clearTimeout(deadline);
        this.#open.delete(controller);
      });
  }

  /** One connection with one request on it. */
  #fetch({ target }: LoadPlan, signal: AbortSignal): Promise<void> {
    const path = wish(this.#random);
    return new Promise((resolve, reject) => {
      const request = get({ host: target.address, port: target.port, path, agent: false, signal }, (response) => {
        response.on('data', (chunk: Buffer) => (this.#counts.bytesReceived += BigInt(chunk.length)));
        response.once('error', reject);
        response.once('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`answer ${String(response.statusCode)}`));
        });
      });
      request.once('error', reject);
    });
  }
}

/** Sizes from 200 bytes to 200 kB, small ones as frequent as large ones; some answers take 5 to 15 s. */
function wish(random: () => number): string {
  const bytes = Math.round(200 * 1000 ** random());
  const seconds = random() < longLivedShare ? 5 + Math.floor(random() * 11) : 0;
  return `/?bytes=${bytes}&seconds=${seconds}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' && error.message === '' ? error.code : error.message;
}
