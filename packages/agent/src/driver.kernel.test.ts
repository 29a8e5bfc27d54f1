// Which driver is chosen where the kernel has IPVS: with the right to use it, and without.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { Remote } from '@weir/lab/vm';
import { beforeAll, expect, it } from 'vitest';

const vm = useKernelVm();

let guest: Remote<typeof import('./driver.guest.ts')>;
beforeAll(async () => {
  const network = await vm().network({ hosts: { director: { interfaces: {} } }, modules: ['ip_vs'] });
  guest = await network.host('director').use<typeof import('./driver.guest.ts')>(new URL('./driver.guest.ts', import.meta.url));
});

it('the kernel’s IPVS is chosen by whoever may use it', async () => {
  expect(await guest.choose(null)).toEqual({ driver: 'ipvs', said: '' });
});

it('whoever may not gets the proxy and is told why; and nothing in place of what was asked for', async () => {
  await guest.dropRights();
  const { driver, said } = await guest.choose(null);
  expect(driver).toBe('proxy');
  expect(said).toContain('it needs CAP_NET_ADMIN');
  await expect(guest.choose('ipvs')).rejects.toThrow('the agent may not use IPVS: it needs CAP_NET_ADMIN');
});
