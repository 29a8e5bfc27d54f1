// What changed in health: one entry for each real server and each service that stands otherwise, the last of them kept for whoever connects.
import type { HealthPlace, Try } from '@weir/model';
import { HEALTH_CHANGES_KEPT } from '@weir/protocol';
import type { HealthChange, RealServerStanding, ServiceStanding } from '@weir/protocol';

type LastTry = (place: HealthPlace, checkId: string | null) => Try | null;

type Change = Omit<HealthChange, 'sequence' | 'atMs' | 'clusterId' | 'serviceId'>;

function changeOf(before: RealServerStanding, now: RealServerStanding): Omit<Change, 'lastTry'> | null {
  const [from, to] = before.isUp === now.isUp && before.standing === now.standing ? [before.rule.code, now.rule.code] : [wordOf(before), wordOf(now)];
  return from === to ? null : { realServerId: now.realServerId, from, to, rule: now.rule };
}

function wordOf({ standing, isUp }: RealServerStanding): string {
  return standing === 'unknown' ? 'unknown' : isUp ? 'up' : 'down';
}

/** Between two standings of one service. */
export function changesBetween(before: ServiceStanding, now: ServiceStanding, lastTry: LastTry): Change[] {
  const { clusterId, serviceId } = now;
  const known = new Map(before.realServers.map((one) => [one.realServerId, one]));
  const ofRealServers = now.realServers.flatMap((one): Change[] => {
    const old = known.get(one.realServerId);
    const change = old === undefined ? null : changeOf(old, one);
    if (change === null) return [];
    const { check } = one.rule.params;
    return [{ ...change, lastTry: lastTry({ clusterId, serviceId, realServerId: one.realServerId }, typeof check === 'string' ? check : null) }];
  });
  if (before.state.code === now.state.code) return ofRealServers;
  return [...ofRealServers, { realServerId: null, from: before.state.code, to: now.state.code, rule: now.state, lastTry: null }];
}

export class HealthChanges {
  #kept: HealthChange[] = [];
  #sequence = 0;

  get sequence(): number {
    return this.#sequence;
  }

  add({ clusterId, serviceId }: ServiceStanding, changes: readonly Change[], atMs: number): void {
    for (const change of changes) {
      this.#sequence += 1;
      this.#kept.push({ sequence: this.#sequence, atMs, clusterId, serviceId, ...change });
    }
    if (this.#kept.length > HEALTH_CHANGES_KEPT) this.#kept = this.#kept.slice(-HEALTH_CHANGES_KEPT);
  }

  after(sequence: number): { readonly changes: readonly HealthChange[]; readonly missed: number } {
    const changes = this.#kept.filter((change) => change.sequence > sequence);
    return { changes, missed: this.#sequence - sequence - changes.length };
  }
}
