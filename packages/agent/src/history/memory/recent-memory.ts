// The last minutes of this director in memory, second by second, in a bounded number of bytes.
import { recentMs } from '@weir/model';
import type { Capabilities, EndpointKey, Labels, Moment, Recent, RecentLine, Sample, ServiceKey } from '@weir/model';
import { MOMENTS_MAX, RECENT_CELLS_MAX } from '@weir/protocol';
import type { RecentInput } from '@weir/protocol';
import { Turns } from '@weir/forwarder';
import { ByteLog } from './byte-log.ts';
import { MomentSum } from './moment-sum.ts';
import { ServiceMemory } from './service-memory.ts';

const BLOCK_SAMPLES = 60;
const HOLE_MS = 2_500;
/** What does not fit is forgotten, a block at a time: so a block is never more than a part of it. */
const BLOCKS_IN_MEMORY = 4;

interface Time {
  readonly atMs: number;
  readonly stepMs: number;
}

interface Block {
  readonly number: number;
  readonly times: Time[];
}

/** A sample that was asked for. */
interface Asked extends Time {
  readonly block: number;
  readonly at: number;
}

export interface RecentOptions extends Pick<Capabilities, 'byteKind' | 'countersRefreshMs'> {
  readonly bytesMax: number;
  readonly labels: () => Labels;
}

export class RecentMemory {
  readonly #options: RecentOptions;
  readonly #scratch = new ByteLog();
  readonly #services = new Map<ServiceKey, ServiceMemory>();
  /** Oldest first. */
  #blocks: readonly Block[] = [];
  #turn = 0;
  #atMs: number | null = null;
  #blockBytesBefore = 0;

  constructor(options: RecentOptions) {
    this.#options = options;
  }

  get bytes(): number {
    let sum = 0;
    for (const service of this.#services.values()) sum += service.bytes;
    return sum;
  }

  take({ measuredAtMs, services }: Sample): void {
    const ms = this.#atMs === null ? 0 : measuredAtMs - this.#atMs;
    if (ms < 0) this.#forgetAll();
    const stepMs = ms > HOLE_MS || ms < 0 ? 0 : ms;
    this.#atMs = measuredAtMs;
    const block = this.#blockFor(measuredAtMs);
    this.#turn += 1;
    const place = { block: block.number, at: block.times.length, turn: this.#turn, isMeasured: stepMs > 0 };
    block.times.push({ atMs: measuredAtMs, stepMs });
    const missing = new Set(this.#services.keys());
    for (const sample of services) {
      missing.delete(sample.key);
      let service = this.#services.get(sample.key);
      if (service === undefined) {
        service = new ServiceMemory(this.#scratch);
        this.#services.set(sample.key, service);
      }
      service.take(sample, place);
    }
    for (const key of missing) this.#services.get(key)?.take(null, place);
  }

  /** Gives others turns while it reads. */
  async recent({ of, realServers, fromMs, toMs }: RecentInput): Promise<Recent> {
    const labels = this.#options.labels();
    const { byteKind, countersRefreshMs } = this.#options;
    const chosen = [...this.#services].filter(([key]) => {
      const label = labels.get(key);
      return of.kind === 'director' || (label?.clusterId === of.clusterId && (of.kind === 'cluster' || label.serviceId === of.serviceId));
    });
    const oldestMs = this.#blocks[0]?.times[0]?.atMs ?? null;
    const remembered = this.#blocks.flatMap(({ number, times }) => times.map((time, at): Asked => ({ block: number, at, ...time })));
    const all = remembered.filter(({ atMs }) => fromMs <= atMs && atMs <= toMs).slice(-MOMENTS_MAX);
    const withRealServers = realServers && of.kind === 'service';
    const lineCount = 1 + (withRealServers ? chosen.reduce((sum, [, service]) => sum + service.realServerCount, 0) : 0);
    const times = all.slice(-Math.max(1, Math.floor(RECENT_CELLS_MAX / lineCount)));
    const lines = await linesOf(chosen, times, withRealServers, (key, endpoint) => labels.get(key)?.realServerIds.get(endpoint) ?? null);
    // What was forgotten meanwhile is there of those alone that were read before.
    const firstBlock = this.#blocks[0]?.number ?? 0;
    const whole = times.filter(({ block }) => block >= firstBlock);
    const sinceMs = whole.length < all.length ? whole[0]?.atMs ?? this.#blocks[0]?.times[0]?.atMs ?? null : oldestMs;
    return {
      byteKind, countersRefreshMs, sinceMs, times: whole.map(({ atMs, stepMs }) => ({ atMs, stepMs })),
      lines: lines.map((line) => ({ ...line, moments: line.moments.slice(times.length - whole.length) })),
    };
  }

  #blockFor(atMs: number): Block {
    const current = this.#blocks.at(-1);
    if (current !== undefined && !this.#isFull(current)) return current;
    if (current !== undefined) for (const service of this.#services.values()) service.endBlock(current.number);
    this.#forgetOld(atMs);
    const next = { number: (current?.number ?? 0) + 1, times: [] };
    this.#blocks = [...this.#blocks, next];
    this.#blockBytesBefore = this.bytes;
    return next;
  }

  #isFull({ times }: Block): boolean {
    if (times.length >= BLOCK_SAMPLES) return true;
    return this.bytes - this.#blockBytesBefore > this.#options.bytesMax / BLOCKS_IN_MEMORY;
  }

  #forgetOld(nowMs: number): void {
    const room = this.#options.bytesMax * (1 - 1 / BLOCKS_IN_MEMORY);
    while (this.#blocks.length > 0 && (this.bytes > room || (this.#blocks[0]?.times.at(-1)?.atMs ?? nowMs) < nowMs - recentMs)) {
      const [oldest, ...others] = this.#blocks;
      this.#blocks = others;
      for (const [key, service] of this.#services) {
        if (oldest !== undefined) service.forget(oldest.number);
        if (service.isEmpty) this.#services.delete(key);
      }
    }
  }

  /** The clock was set back: times would come again. */
  #forgetAll(): void {
    this.#blocks = [];
    this.#services.clear();
  }
}

/** For each block: which of its samples is which of those that were asked for. */
function indexesByBlock(times: readonly Asked[]): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const blocks = new Map<number, Map<number, number>>();
  times.forEach(({ block, at }, index) => {
    const indexes = blocks.get(block) ?? new Map<number, number>();
    blocks.set(block, indexes.set(at, index));
  });
  return blocks;
}

type Chosen = readonly (readonly [ServiceKey, ServiceMemory])[];

async function linesOf(chosen: Chosen, times: readonly Asked[], withRealServers: boolean, idOf: (key: ServiceKey, endpoint: EndpointKey) => string | null): Promise<RecentLine[]> {
  const turns = new Turns();
  const whole = times.map(() => new MomentSum());
  const blocks = indexesByBlock(times);
  const realServers = new Map<EndpointKey, RecentLine & { readonly moments: (Moment | null)[] }>();
  for (const [key, service] of chosen) {
    for (const [block, indexes] of blocks) {
      service.read(block, Math.max(...indexes.keys()) + 1, !withRealServers, (at, endpoint, figures, growth) => {
        const index = indexes.get(at);
        if (index === undefined) return;
        if (endpoint === null) return whole[index]?.add(figures, growth);
        let line = realServers.get(endpoint);
        if (line === undefined) realServers.set(endpoint, line = { key: endpoint, realServerId: idOf(key, endpoint), moments: times.map(() => null) });
        const one = new MomentSum();
        one.add(figures, growth);
        line.moments[index] = one.moment((times[index]?.stepMs ?? 0) > 0, figures.weight);
      });
    }
    await turns.next();
  }
  const sums = whole.map((sum, index) => sum.moment((times[index]?.stepMs ?? 0) > 0, null));
  return [{ key: null, realServerId: null, moments: sums }, ...realServers.values()];
}
