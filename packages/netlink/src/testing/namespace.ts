// A network of its own for this process, without interfaces and rules: what it opens from now on is there.
import { errnoName, NetlinkError } from '../error.ts';

/** linux/sched.h */
const CLONE_NEWNET = 0x4000_0000;

export async function enterNewNetwork(): Promise<void> {
  const { default: koffi } = await import('koffi');
  const unshare = koffi.load(null).func('int unshare(int)');
  if (unshare(CLONE_NEWNET) !== 0) throw new NetlinkError('enter', 'new network namespace', { errno: errnoName(koffi.errno()) });
}
