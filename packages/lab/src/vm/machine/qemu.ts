// The command line of QEMU: no BIOS, no disk, the host's file system to read, one folder to write, and one door from 127.0.0.1.
import path from 'node:path';

/** One port of the guest that is reachable at 127.0.0.1 of this machine. */
export interface Door {
  readonly hostPort: number;
  readonly guestPort: number;
}

/** A network card that a host of the guest can be given, and the door that it is behind. */
export interface Uplink extends Door {
  /** What its interface must have, with prefix length. */
  readonly address: string;
}

export interface QemuOptions {
  readonly vmlinux: string;
  readonly initramfs: string;
  /** Shared with the guest, to write. */
  readonly share: string;
  readonly consoleFile: string;
  readonly control: Door;
  readonly uplinks: readonly Door[];
  readonly memoryMib: number;
  readonly cpus: number;
  readonly counting: boolean;
}

/** In the guest every uplink has this address on its own network, /24; the n-th uplink's network is 10.0.(3 + n).0. */
export function uplinkAddress(index: number): string {
  return `10.0.${3 + index}.15`;
}

export const controlAddress = '10.0.2.15';

const kernelParameters = [
  'console=ttyS0 quiet',
  // A panic ends QEMU (-no-reboot) at once.
  'panic=-1',
  // What takes boot time and guards nothing here.
  'cryptomgr.notests apparmor=0 audit=0 cgroup_disable=memory nokaslr mitigations=off random.trust_cpu=on',
  // Reading the default clock of this machine (hpet) is three times slower.
  'clocksource=tsc tsc=reliable',
];

export function qemuArguments(options: QemuOptions): string[] {
  const nics = [network('control', controlAddress, options.control), ...options.uplinks.map((uplink, index) => network(`uplink${index}`, uplinkAddress(index), uplink))];
  return [
    // A host's /dev/kvm may be there and still not boot this kernel. A processor without AVX and XSAVE: programs start a third faster when they are not emulated.
    ['-M', 'pc', '-cpu', 'Nehalem,+rdrand', '-m', String(options.memoryMib)],
    options.counting
      ? ['-accel', 'tcg,thread=single', '-smp', '1', '-icount', 'shift=0,sleep=off']
      : ['-accel', 'tcg,thread=multi', '-smp', String(options.cpus)],
    ['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', `file:${options.consoleFile}`],
    ['-kernel', options.vmlinux, '-initrd', options.initramfs, '-append', kernelParameters.join(' ')],
    ['-virtfs', 'local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap'],
    ['-virtfs', `local,path=${path.resolve(options.share)},mount_tag=share,security_model=none,multidevs=remap`],
    ...nics,
  ].flat();
}

function network(id: string, address: string, { hostPort, guestPort }: Door): string[] {
  const net = address.replace(/\.\d+$/, '.0/24');
  return [
    '-netdev',
    // Restricted: the guest reaches nothing outside.
    `user,id=${id},net=${net},ipv6=off,restrict=on,hostfwd=tcp:127.0.0.1:${hostPort}-${address}:${guestPort}`,
    '-device',
    `virtio-net-pci,netdev=${id},romfile=`,
  ];
}
