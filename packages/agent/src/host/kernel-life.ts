// Which life of the kernel's network this is: what was set or put there ends with the boot, or with the network namespace.
import { readFile, stat } from 'node:fs/promises';

export async function kernelLife(): Promise<string> {
  const [boot, { ino }] = await Promise.all([readFile('/proc/sys/kernel/random/boot_id', 'utf8'), stat('/proc/self/ns/net')]);
  return `${boot.trim()} ${ino}`;
}
