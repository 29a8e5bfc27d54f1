// How services stand, as a panel is told: each with the version in which it last changed, so that only what is new is said again.
import { same } from '@weir/model';
import type { DirectorHealth, ServiceDecision } from '@weir/model';
import type { RealServerStanding, ServiceStanding } from '@weir/protocol';

/** Some 2 MB of them: as many as one service may have. */
const REAL_SERVERS_MAX = 10_000;

interface ServiceAt {
  readonly clusterId: string;
  readonly serviceId: string;
}

function keyOf({ clusterId, serviceId }: ServiceAt): string {
  return `${clusterId}/${serviceId}`;
}

export function standingOf({ clusterId, serviceId, state, realServers, sorry }: ServiceDecision, engine: Pick<DirectorHealth, 'verdictOn'>): ServiceStanding {
  return {
    clusterId, serviceId, state, sorry: sorry !== null,
    realServers: realServers.map(({ realServerId, isUp, isUsed, rule }): RealServerStanding => {
      const verdict = engine.verdictOn({ clusterId, serviceId, realServerId });
      return { realServerId, standing: verdict?.standing ?? 'unknown', sinceMs: verdict?.sinceMs ?? rule.sinceMs, isUp, isUsed, rule };
    }),
  };
}

export class Standings {
  /** What changed last stands last. */
  readonly #kept = new Map<string, { readonly standing: ServiceStanding; readonly version: number }>();
  /** Who saw less than this is told all anew: something was taken away then. */
  #wholeSince = 1;
  #version = 1;

  get version(): number {
    return this.#version;
  }

  get(at: ServiceAt): ServiceStanding | null {
    return this.#kept.get(keyOf(at))?.standing ?? null;
  }

  /** Says whether it is another one than before. */
  put(standing: ServiceStanding): boolean {
    const before = this.get(standing);
    if (before !== null && same(before, standing)) return false;
    const key = keyOf(standing);
    this.#version += 1;
    this.#kept.delete(key);
    this.#kept.set(key, { standing, version: this.#version });
    return true;
  }

  /** Forgets all other services. Those that stay count as new: whoever is told of them is told of nothing else. */
  keepOnly(services: readonly ServiceAt[]): void {
    const wanted = new Set(services.map(keyOf));
    if ([...this.#kept.keys()].every((key) => wanted.has(key))) return;
    this.#wholeSince = this.#version + 1;
    for (const [key, { standing }] of this.#kept) {
      this.#version += 1;
      if (wanted.has(key)) this.#kept.set(key, { standing, version: this.#version });
      else this.#kept.delete(key);
    }
  }

  /** At most so many of those, and of their real servers, that changed after `version`, oldest first, and up to which version that is all. */
  after(version: number, most: number): { readonly whole: boolean; readonly services: readonly ServiceStanding[]; readonly version: number } {
    const whole = version < this.#wholeSince;
    const newer = [...this.#kept.values()].filter((kept) => whole || kept.version > version);
    let realServers = 0;
    const end = newer.findIndex(({ standing }, n) => {
      realServers += standing.realServers.length;
      return n > 0 && (n >= most || realServers > REAL_SERVERS_MAX);
    });
    const told = end === -1 ? newer : newer.slice(0, end);
    const last = told.at(-1);
    return { whole, services: told.map(({ standing }) => standing), version: end === -1 || last === undefined ? this.#version : last.version };
  }
}
