// A virtual service and its real servers while intervals are made.
import type { Counters } from '../live/counters.ts';
import type { RealServerSample, ServiceSample } from '../live/sample.ts';
import type { EndpointKey, ServiceKey } from '../table/table.ts';
import { Carrying } from './carrying.ts';
import type { Step } from './carrying.ts';
import { zeros } from './growth.ts';
import type { RealServerCarried, ServiceCarried } from './interval.ts';
import type { ServiceLabel } from './labels.ts';

/** So long a real server that is gone is remembered: a connection that says nothing is forgotten after 15 minutes. */
const REMEMBERED_MS = 3_600_000;

interface Options {
  readonly countersRefreshMs: number;
  readonly bringsBack: boolean;
}

interface Tracked {
  readonly carrying: Carrying;
  weight: number;
  /** Of the last sample that it was in. */
  turn: number;
  atMs: number;
}

export class TrackedService {
  readonly #options: Options;
  readonly #own: Carrying;
  readonly #realServers = new Map<EndpointKey, Tracked>();
  /** Of the last sample that it was in. */
  #turn: number;
  #atMs = 0;

  /** Turn 0: it was there before the first sample, and showed this. */
  constructor(shown: Counters, turn: number, options: Options) {
    this.#options = options;
    this.#own = new Carrying(shown, options.countersRefreshMs);
    this.#turn = turn;
  }

  get shown(): Counters {
    return this.#own.shown;
  }

  shownRealServers(): { readonly key: EndpointKey; readonly counters: Counters }[] {
    return [...this.#realServers].map(([key, { carrying }]) => ({ key, counters: carrying.shown }));
  }

  /** It was there before the first sample, at that time. */
  expect(key: EndpointKey, shown: Counters, atMs: number): void {
    this.#realServers.set(key, { carrying: new Carrying(shown, this.#options.countersRefreshMs), weight: 0, turn: 0, atMs });
  }

  isThere(turn: number): boolean {
    return this.#turn === turn;
  }

  follow({ counters, realServers }: ServiceSample, step: Step, turn: number): void {
    const isNew = this.#turn !== turn - 1;
    if (isNew) this.#restart();
    this.#own.follow(counters, isNew ? { ...step, isMeasured: false } : step);
    this.#turn = turn;
    this.#atMs = step.atMs;
    let active = 0;
    let inactive = 0;
    for (const realServer of realServers) {
      this.#followRealServer(realServer, step, turn);
      active += realServer.connections.active;
      inactive += realServer.connections.inactive;
    }
    this.#own.count({ active, inactive });
  }

  /** The forwarder keeps nothing of a service that was removed, and so of none of its real servers. */
  #restart(): void {
    this.#own.restart();
    for (const { carrying } of this.#realServers.values()) carrying.restart();
  }

  #followRealServer({ key, counters, connections, weight }: RealServerSample, step: Step, turn: number): void {
    let tracked = this.#realServers.get(key);
    if (tracked === undefined) {
      tracked = { carrying: new Carrying(zeros, this.#options.countersRefreshMs), weight, turn: -1, atMs: 0 };
      this.#realServers.set(key, tracked);
    }
    const isNew = tracked.turn !== turn - 1;
    if (isNew && !this.#options.bringsBack) tracked.carrying.restart();
    tracked.carrying.follow(counters, isNew ? { ...step, isMeasured: false } : step);
    tracked.weight = weight;
    tracked.turn = turn;
    tracked.atMs = step.atMs;
    tracked.carrying.count(connections);
  }

  /** Null: it was in no sample since this was last asked. */
  close(key: ServiceKey, label: ServiceLabel | null, turn: number): ServiceCarried | null {
    const realServers: RealServerCarried[] = [];
    for (const [endpoint, { carrying, weight, turn: last, atMs }] of this.#realServers) {
      const carried = carrying.close();
      if (carried !== null) realServers.push({ key: endpoint, realServerId: label?.realServerIds.get(endpoint) ?? null, weight, ...carried });
      if (last !== turn && (!this.#options.bringsBack || this.#atMs - atMs > REMEMBERED_MS)) this.#realServers.delete(endpoint);
    }
    const own = this.#own.close();
    return own === null ? null : { key, clusterId: label?.clusterId ?? null, serviceId: label?.serviceId ?? null, ...own, realServers };
  }
}
