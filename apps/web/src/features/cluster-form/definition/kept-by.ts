// What of a host its operator keeps. Nothing of it is written as nothing: two definitions that say the same are the same.
import type { ClusterDirector } from '@weir/model';

type HostPart = ClusterDirector['host'];

export function keptBy(host: HostPart, part: 'vips' | 'settings', byOperator: boolean): HostPart {
  const others = Object.entries(host ?? {}).filter(([name, keeper]) => name !== part && keeper !== undefined);
  const kept = Object.fromEntries([...others, ...(byOperator ? [[part, 'operator'] as const] : [])]);
  return Object.keys(kept).length === 0 ? undefined : kept;
}
