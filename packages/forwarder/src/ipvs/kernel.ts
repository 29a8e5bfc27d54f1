// What the kernel's IPVS is set to, as Weir reports it: asked anew each time, since anybody may change it.
import type { KernelState } from '@weir/model';
import { readModules, readSysctls } from '@weir/ipvs';
import type { Daemon, IpvsClient } from '@weir/ipvs';

const LONGEST_VALUE = 256;

/** Several numbers in one file stand apart by tabs. */
function valueOf(text: string | null): string | null {
  return text === null ? null : text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, LONGEST_VALUE);
}

function daemonOf({ role, interfaceName, syncId, group, port, ttl, longestMessageBytes }: Daemon): KernelState['daemons'][number] {
  return { role, interface: interfaceName, syncId, group, port, ttl, longestMessageBytes };
}

export async function readKernel(client: IpvsClient): Promise<KernelState> {
  const [settings, { schedulers }] = await Promise.all([readSysctls(), readModules()]);
  return {
    ...client.info(),
    timeouts: client.timeouts(),
    schedulers: [...schedulers].toSorted(),
    settings: [...settings].map(([name, value]) => ({ name, value: valueOf(value) })),
    daemons: client.daemons().map(daemonOf),
  };
}
