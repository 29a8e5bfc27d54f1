// The first root of the guest: busybox and the modules that it takes to reach the host's file system.
import { readFile, writeFile } from 'node:fs/promises';
import { VmError } from '../error.ts';
import { writeCpio } from './cpio.ts';
import type { Kernel } from './kernel.ts';
import { readModules } from './modules.ts';

/** Where the host's shared folder is in the guest. */
export const guestShare = '/run/weir';

const busybox = '/bin/busybox';
const neededModules = ['virtio_pci', '9pnet_virtio', '9p', 'overlay', 'crc32c_generic', 'virtio_net'];

// The host's root is read-only below and a tmpfs above it; only /run and the kernel's own file systems hide what the host has.
// The shell finds its other programs in itself as soon as there is a /proc. switch_root, and not chroot: the kernel looks for modprobe in the root of process 1.
function initScript({ config, modules, release }: Kernel): string {
  return `#!/bin/busybox sh
set -e
/bin/busybox mount -t proc proc /proc
for module in /modules/*; do insmod "$module"; done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 root /lower
mount -t tmpfs -o mode=755 tmpfs /upper
mkdir /upper/data /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/data,workdir=/upper/work overlay /root
mount -t devtmpfs dev /root/dev
mkdir -p /root/dev/shm /root/dev/pts
mount -t devpts devpts /root/dev/pts
mount -t tmpfs tmpfs /root/dev/shm
mount -t proc proc /root/proc
mount -t sysfs sys /root/sys
mount -t tmpfs -o mode=755 tmpfs /root/run
mkdir -p /root${guestShare} /root/run/netns /root/usr/lib/modules/${release}
mount -t 9p -o trans=virtio,version=9p2000.L,rw,cache=none,msize=512000 share /root${guestShare}
mount --bind /lower${modules} /root/usr/lib/modules/${release}
mkdir -p /root/boot
cp /lower${config} /root/boot/config-${release}
umount /proc
exec /bin/busybox switch_root /root ${busybox} sh ${guestShare}/start.sh
`;
}

export async function writeInitramfs(kernel: Kernel, target: string): Promise<void> {
  const program = await readFile(busybox).catch((cause: unknown) => {
    throw new VmError(`The virtual machine needs ${busybox}: apt-get install busybox-static`, { cause });
  });
  // Debian's other busybox, at the same path, needs libraries.
  if (program.includes('/lib64/ld-linux')) throw new VmError(`${busybox} needs libraries, and the virtual machine's first root has none: apt-get install busybox-static`);
  const modules = await readModules(kernel.modules, neededModules);
  const folders = ['bin', 'dev', 'proc', 'modules', 'lower', 'upper', 'root'];
  const archive = writeCpio([
    ...folders.map((path) => ({ path })),
    { path: 'bin/busybox', content: program, executable: true },
    ...modules.map((content, index) => ({ path: `modules/${String(index).padStart(2, '0')}.ko`, content })),
    { path: 'init', content: Buffer.from(initScript(kernel)), executable: true },
  ]);
  await writeFile(target, archive);
}
