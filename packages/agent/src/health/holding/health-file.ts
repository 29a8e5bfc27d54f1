// What the agent keeps of health on its disk: how real servers stood, so that what was held down stays down through a restart.
import { Id } from '@weir/model';
import type { Before, HealthPlace, Override, ServiceDecision } from '@weir/model';
import { z } from 'zod';

const Standings = z.array(z.tuple([Id, z.int().min(0)])).max(10_000);
const Target = z.strictObject({ clusterId: Id, serviceId: Id, realServerId: Id });

export const HealthFile = z.strictObject({
  format: z.literal(1),
  savedAtMs: z.int().min(0),
  /** Of each real server that something was decided about: its id, and since when it stands so. */
  services: z.array(z.strictObject({ clusterId: Id, serviceId: Id, up: Standings, down: Standings })).max(1_000_000),
  /** What was being changed when this was written, and what stood otherwise than defined: the next agent may decide otherwise, and nobody else undoes it. */
  changing: z.array(Target).max(1_000_000),
});
export type HealthFile = z.infer<typeof HealthFile>;

/** A real server of which nothing was decided yet is not in it: it begins as its service says. */
export function healthFile(decisions: readonly ServiceDecision[], changing: readonly Pick<Override, 'target'>[], savedAtMs: number): HealthFile {
  const services = decisions.map(({ clusterId, serviceId, realServers }) => {
    const decided = realServers.filter(({ rule }) => rule.code !== 'first');
    const of = (isUp: boolean): [string, number][] => decided.filter((one) => one.isUp === isUp).map(({ realServerId, rule }) => [realServerId, rule.sinceMs]);
    return { clusterId, serviceId, up: of(true), down: of(false) };
  });
  return { format: 1, savedAtMs, services, changing: changing.map(({ target }) => target) };
}

function keyOf({ clusterId, serviceId, realServerId }: HealthPlace): string {
  return `${clusterId}/${serviceId}/${realServerId}`;
}

export function beforeFrom(file: HealthFile | null): Before {
  const known = new Map<string, 'up' | 'down'>();
  for (const { clusterId, serviceId, up, down } of file?.services ?? []) {
    for (const [realServerId] of up) known.set(keyOf({ clusterId, serviceId, realServerId }), 'up');
    for (const [realServerId] of down) known.set(keyOf({ clusterId, serviceId, realServerId }), 'down');
  }
  return (place) => known.get(keyOf(place)) ?? null;
}
