// The health of all that one director forwards to: takes what was heard, and says what is to be done. Keeps no time and asks nobody itself.
import type { Accepted } from '../effective/effective.ts';
import type { Override } from '../effective/override.ts';
import { afterHearing, brake, neverHeard, noBrake } from './verdict/brake.ts';
import type { Brake, Heard } from './verdict/brake.ts';
import { isChanging } from './verdict/check-state.ts';
import { decide } from './decide/decide.ts';
import type { ServiceDecision } from './decide/decision.ts';
import { isPeoples } from './decide/standings.ts';
import { probeTargets } from './targets.ts';
import type { ProbeTarget, RealServerPlace } from './targets.ts';
import type { TryResult } from './try.ts';
import { afterTryOf, countsAsUp, isAlike, settled } from './verdict/verdict.ts';
import type { Silent, Verdict } from './verdict/verdict.ts';
import { watch, watchedKey } from './watched.ts';
import type { Before, Watched } from './watched.ts';

export interface Tried {
  readonly startedAtMs: number;
  readonly heardAtMs: number;
  readonly result: TryResult;
}

export interface Turn {
  /** All that the director holds, of whatever cause. */
  readonly overrides: readonly Override[];
  /** Active and inactive connections; null: not known. */
  readonly connectionsOf: (place: RealServerPlace) => number | null;
  /** Whether the driver keeps thresholds. */
  readonly thresholds: boolean;
  readonly nowMs: number;
}

interface Host {
  heard: Heard;
  /** In how many places it counts as up. */
  up: number;
  readonly places: Watched[];
}

const neverBefore: Before = () => null;

export class DirectorHealth {
  #watched = new Map<string, Watched>();
  #hosts = new Map<string, Host>();
  #brake: Brake = noBrake;
  /** Of the hosts, how many count as up, and which are silent. */
  #upHosts = 0;
  #silent = new Map<string, Host>();
  #silencesChanged = false;
  #turnedAtMs = 0;

  /** What the director accepted. What did not change in it keeps its verdict. Gives what is to be asked from now on. */
  accept(directorId: string, accepted: readonly Accepted[], nowMs: number, before: Before = neverBefore): readonly ProbeTarget[] {
    const watched = accepted.flatMap(({ clusterId, definition }) => {
      const director = definition.directors.find((one) => one.directorId === directorId);
      return director === undefined ? [] : definition.services.flatMap(({ health, ...service }): [string, Watched][] => {
        const key = watchedKey({ clusterId, serviceId: service.id });
        return health === undefined ? [] : [[key, watch({ ...service, health }, { clusterId, director, old: this.#watched.get(key) ?? null, before, nowMs })]];
      });
    });
    this.#watched = new Map(watched);
    const hosts = new Map<string, Host>();
    for (const one of this.#watched.values()) {
      for (const { rip, id } of one.service.realServers) {
        const host = hosts.get(rip) ?? { heard: this.#hosts.get(rip)?.heard ?? neverHeard, up: 0, places: [] };
        hosts.set(rip, host);
        host.places.push(one);
        const verdict = one.verdicts.get(id);
        if (verdict !== undefined && countsAsUp(verdict)) host.up += 1;
      }
    }
    this.#hosts = hosts;
    this.#upHosts = [...hosts.values()].filter(({ up }) => up > 0).length;
    this.#silent = new Map([...hosts].filter(([, { heard }]) => heard.silence !== null));
    this.#silencesChanged = true;
    return probeTargets({ directorId, accepted });
  }

  /** Decides nothing yet: `turn` does. */
  heard({ rip, intervalMs, timeoutMs, users }: ProbeTarget, { startedAtMs, heardAtMs, result }: Tried): void {
    for (const { realServerId, checkId, ...at } of users) {
      const watched = this.#watched.get(watchedKey(at));
      const verdict = watched?.verdicts.get(realServerId);
      const check = watched?.health.checks.find(({ id }) => id === checkId);
      if (watched === undefined || verdict === undefined || check === undefined) continue;
      if (!watched.touched.has(realServerId)) watched.touched.set(realServerId, verdict);
      watched.verdicts.set(realServerId, afterTryOf(verdict, check, result, heardAtMs));
    }
    const host = this.#hosts.get(rip);
    if (host === undefined) return;
    const { silence } = host.heard;
    host.heard = afterHearing(host.heard, { startedAtMs, heardAtMs, intervalMs, timeoutMs, result });
    if (host.heard.silence === silence) return;
    this.#silencesChanged = true;
    if (host.heard.silence === null) this.#silent.delete(rip);
    else this.#silent.set(rip, host);
  }

  /** Decides about every service that something was heard of, or whose time has come; gives the decisions that are new. */
  turn({ overrides, connectionsOf, thresholds, nowMs }: Turn): readonly ServiceDecision[] {
    this.#brakeNow();
    this.#order(overrides);
    this.#mindClock(nowMs);
    const decided: ServiceDecision[] = [];
    for (const watched of this.#watched.values()) {
      const { clusterId, service, health, verdicts, orders, touched, decision: before } = watched;
      const isTime = watched.isDue || before === null || (before.nextMs !== null && before.nextMs <= nowMs);
      if (!isTime && touched.size === 0) continue;
      const isOther = this.#settle(watched, isTime, nowMs);
      touched.clear();
      if (!isTime && !isOther) continue;
      watched.decision = decide({
        clusterId, service, health, verdicts, overrides: orders, thresholds, before, nowMs,
        connectionsOf: (realServerId) => connectionsOf({ clusterId, serviceId: service.id, realServerId }),
      });
      watched.isDue = false;
      decided.push(watched.decision);
    }
    return decided;
  }

  get decisions(): readonly ServiceDecision[] {
    return [...this.#watched.values()].flatMap(({ decision }) => decision ?? []);
  }

  /** When `turn` is to be called again though nothing is heard until then. */
  get nextMs(): number | null {
    const times = this.decisions.flatMap(({ nextMs }) => nextMs ?? []);
    return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
  }

  get brake(): Brake {
    return this.#brake;
  }

  verdictOn({ realServerId, ...at }: RealServerPlace): Verdict | null {
    return this.#watched.get(watchedKey(at))?.verdicts.get(realServerId) ?? null;
  }

  /** Whether some check that asks this is between two standings: it is asked at its faster interval. */
  isChanging({ users }: ProbeTarget): boolean {
    return users.some(({ checkId, ...place }) => this.verdictOn(place)?.checks.some((check) => check.checkId === checkId && isChanging(check)) === true);
  }

  /** Says whether any verdict came out otherwise. */
  #settle({ service, health, verdicts, touched }: Watched, all: boolean, nowMs: number): boolean {
    let isOther = false;
    for (const { id, rip } of service.realServers) {
      const verdict = all || touched.has(id) ? verdicts.get(id) : undefined;
      if (verdict === undefined) continue;
      const now = settled(verdict, health, this.#silenceOf(rip), nowMs);
      verdicts.set(id, now);
      this.#count(rip, verdict, now);
      isOther ||= !isAlike(touched.get(id) ?? verdict, now);
    }
    return isOther;
  }

  #count(rip: string, before: Verdict, now: Verdict): void {
    const host = this.#hosts.get(rip);
    const change = Number(countsAsUp(now)) - Number(countsAsUp(before));
    if (host === undefined || change === 0) return;
    const was = host.up;
    host.up += change;
    this.#upHosts += Number(host.up > 0) - Number(was > 0);
  }

  #silenceOf(rip: string): Silent | null {
    const silence = this.#silent.get(rip)?.heard.silence ?? null;
    return silence === null ? null : { sinceMs: silence.sinceMs, braked: this.#brake.held.get(rip) ?? null };
  }

  /** Set back: what was to be decided again at a time may be far from it now. */
  #mindClock(nowMs: number): void {
    if (nowMs < this.#turnedAtMs) for (const watched of this.#watched.values()) watched.isDue = true;
    this.#turnedAtMs = nowMs;
  }

  #brakeNow(): void {
    if (!this.#silencesChanged) return;
    this.#silencesChanged = false;
    const before = this.#brake.held;
    const silent = [...this.#silent].flatMap(([rip, { heard, up }]) => (heard.silence === null ? [] : [{ rip, silence: heard.silence, isUp: up > 0 }]));
    this.#brake = brake(this.#brake, silent, this.#upHosts - silent.filter(({ isUp }) => isUp).length);
    const { held } = this.#brake;
    for (const rip of new Set([...before.keys(), ...held.keys()])) {
      if (before.has(rip) === held.has(rip)) continue;
      for (const watched of this.#hosts.get(rip)?.places ?? []) watched.isDue = true;
    }
  }

  #order(overrides: readonly Override[]): void {
    const orders = new Map<Watched, Override[]>();
    for (const override of overrides.filter(isPeoples)) {
      const watched = this.#watched.get(watchedKey(override.target));
      if (watched !== undefined) orders.set(watched, [...orders.get(watched) ?? [], override]);
    }
    for (const watched of this.#watched.values()) {
      const now = orders.get(watched) ?? [];
      if (now.length === watched.orders.length && now.every((order, i) => order === watched.orders[i])) continue;
      watched.orders = now;
      watched.isDue = true;
    }
  }
}
