// Which driver is chosen where the kernel has IPVS and the agent may use it; and without the one or the other.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { Remote } from '@weir/lab/vm';
import { afterAll, beforeAll, expect, it } from 'vitest';

const vm = useKernelVm();

let guest: Remote<typeof import('./driver.guest.ts')>;
beforeAll(async () => {
  const network = await vm().network({ hosts: { director: { interfaces: {} } }, modules: ['ip_vs'] });
  guest = await network.host('director').use<typeof import('./driver.guest.ts')>(new URL('./driver.guest.ts', import.meta.url));
});

/** The machine is shared: others find its module again. A network that was just taken away may hold it for a moment. */
const unload = `tries=0
  while [ -d /sys/module/ip_vs ] && [ $tries -lt 300 ]; do modprobe -r -a $(cd /sys/module && ls -d ip_vs_* 2>/dev/null) ip_vs || sleep 0.1; tries=$((tries + 1)); done
  [ ! -d /sys/module/ip_vs ]`;
const hide = `${unload} && mount --bind /dev/null "$(modinfo -n ip_vs)"`;
const show = 'umount "$(modinfo -n ip_vs)" 2>/dev/null; modprobe ip_vs';
afterAll(() => vm().machine.run(show));

it('the kernel’s IPVS is chosen by whoever may use it', async () => {
  expect(await guest.choose(null)).toEqual({ driver: 'ipvs', said: '' });
});

it('where the kernel has no IPVS, the agent forwards as a proxy and says why; and nothing in place of what was asked for', async () => {
  await vm().machine.run(hide);
  const { driver, said } = await guest.choose(null);
  expect(driver).toBe('proxy');
  expect(said).toContain('this kernel has no IPVS: load the module ip_vs (modprobe ip_vs)');
  await expect(guest.choose('ipvs')).rejects.toThrow('this kernel has no IPVS: load the module ip_vs');
  await vm().machine.run(show);
  expect(await guest.choose(null)).toEqual({ driver: 'ipvs', said: '' });
});

it('whoever may not gets the proxy and is told why; and nothing in place of what was asked for', async () => {
  await guest.dropRights();
  const { driver, said } = await guest.choose(null);
  expect(driver).toBe('proxy');
  expect(said).toContain('it needs CAP_NET_ADMIN');
  await expect(guest.choose('ipvs')).rejects.toThrow('the agent may not use IPVS: it needs CAP_NET_ADMIN');
});
