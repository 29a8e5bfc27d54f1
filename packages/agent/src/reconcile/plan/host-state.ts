// What a director says of its host: the VIPs of its clusters that are on it, and what is not as it should be.
import { hostDeviations, unsetMarks, wantedHost } from '@weir/model';
import type { HostReading } from '@weir/model';
import { HOST_SHOWN_MAX } from '@weir/protocol';
import type { HostState } from '@weir/protocol';
import { vipsOfCluster } from './director-plan.ts';
import type { Held } from './effective-table.ts';

export function hostStateOf({ accepted }: Held, host: HostReading): HostState {
  const named = new Set(accepted.flatMap(({ definition }) => vipsOfCluster(definition)));
  const vips = host.interfaces.flatMap(({ name, addresses }) => addresses
    .filter(({ address, byWeir }) => byWeir || named.has(address))
    .map(({ address, byWeir }) => ({ address, interface: name, byWeir })));
  const unset = accepted.flatMap(({ definition }) => unsetMarks(definition, host));
  const findings = [...hostDeviations(wantedHost(accepted, host), [...named], host), ...unset];
  return {
    vips: vips.slice(0, HOST_SHOWN_MAX), findings: findings.slice(0, HOST_SHOWN_MAX),
    leftOut: { vips: Math.max(vips.length - HOST_SHOWN_MAX, 0), findings: Math.max(findings.length - HOST_SHOWN_MAX, 0) },
  };
}
