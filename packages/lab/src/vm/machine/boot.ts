// Boots the virtual machine and ends it. Its files are in one folder that goes with it; QEMU cannot outlive this process.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, endsWithin, spawnWard, type WardedChild } from '../../ward.ts';
import { bundleFor } from '../bundle.ts';
import { consoleTail, VmError } from '../error.ts';
import { guestShare, writeInitramfs } from '../image/initramfs.ts';
import { prepareKernel } from '../image/kernel.ts';
import { ownFolder, removeLeftovers } from './leftovers.ts';
import { uplinkName } from '../network/script.ts';
import { controlAddress, qemuArguments, uplinkAddress, type Door, type Uplink } from './qemu.ts';

export interface BootOptions {
  readonly memoryMib?: number;
  readonly cpus?: number;
  /** For measuring: one processor, whose clock goes on by a nanosecond for each instruction, so that figures repeat whatever else this machine does. */
  readonly counting?: boolean;
  /** Network cards to be given to hosts of a network, beside the machine's own; without a host port they get a free one. */
  readonly uplinks?: readonly { readonly guestPort: number; readonly hostPort?: number }[];
  /** Left out: it is generous, and a machine that is late is started anew. */
  readonly deadlineMs?: number;
}

/** All that another process needs in order to connect; it can be sent as JSON. */
export interface VmAccess {
  readonly port: number;
  readonly secret: string;
  readonly share: string;
  readonly consoleFile: string;
  readonly uplinks: readonly Uplink[];
}

export interface Machine {
  readonly access: VmAccess;
  readonly pid: number;
  readonly kernelRelease: string;
  /** From the start of QEMU until the guest answers. */
  readonly bootMs: number;
  /** Ends the machine at once and removes its files; to be called also after it has ended by itself. */
  powerOff(): Promise<void>;
}

const qemu = 'qemu-system-x86_64';
const controlPort = 9;
const bootDeadlineMs = 90_000;
const readyPollMs = 20;
const endDeadlineMs = 5_000;
const startTries = 3;
const folderPrefix = 'weir-vm-';

export async function boot(options: BootOptions = {}): Promise<Machine> {
  const kernel = await prepareKernel();
  await removeLeftovers(tmpdir(), folderPrefix);
  const folder = await ownFolder(tmpdir(), folderPrefix);
  const share = path.join(folder, 'share');
  try {
    await mkdir(share);
    const secret = randomBytes(16).toString('hex');
    await writeInitramfs(kernel, path.join(folder, 'initramfs'));
    await writeStart(share, secret, options.uplinks?.length ?? 0);
    const files = { vmlinux: kernel.vmlinux, initramfs: path.join(folder, 'initramfs'), share, consoleFile: path.join(folder, 'console') };
    const running = await startQemu(files, options);
    const powerOff = async (): Promise<void> => {
      await endQemu(running.child);
      await rm(folder, { recursive: true, force: true });
    };
    return {
      access: { port: running.port, secret, share, consoleFile: files.consoleFile, uplinks: running.uplinks },
      pid: running.child.pid,
      kernelRelease: kernel.release,
      bootMs: running.bootMs,
      powerOff,
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

// Process 1 stays a shell: it takes in what others leave, and ends the machine when the supervisor ends.
function startScript(uplinks: number): string {
  const cards = Array.from({ length: uplinks }, (_, index) => `/sbin/ip link property add dev eth${index + 1} altname ${uplinkName(index)}\n`);
  return `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
echo '1 4 1 7' > /proc/sys/kernel/printk
ln -s /proc/self/fd /dev/fd
busybox hostname weir-lab
busybox ip link set lo up
busybox ip address add ${controlAddress}/24 dev eth0
busybox ip link set eth0 up
${cards.join('')}/sbin/modprobe -a veth bridge ip_vs &
${process.execPath} ${guestShare}/supervisor.mjs ${guestShare} > /dev/console 2>&1 &
wait $!
echo "The supervisor ended: $?" > /dev/console
echo o > /proc/sysrq-trigger
while :; do :; done
`;
}

async function writeStart(share: string, secret: string, uplinks: number): Promise<void> {
  await bundleFor({ entry: new URL('../guest/supervisor.ts', import.meta.url), target: path.join(share, 'supervisor.mjs') });
  await bundleFor({ entry: new URL('../guest/resident.ts', import.meta.url), target: path.join(share, 'resident.mjs') });
  await writeFile(path.join(share, 'supervisor.json'), JSON.stringify({ port: controlPort, secret }), { mode: 0o600 });
  await writeFile(path.join(share, 'start.sh'), startScript(uplinks));
}

interface Files {
  readonly vmlinux: string;
  readonly initramfs: string;
  readonly share: string;
  readonly consoleFile: string;
}

interface Running {
  readonly child: WardedChild;
  readonly port: number;
  readonly uplinks: readonly Uplink[];
  readonly bootMs: number;
}

async function startQemu(files: Files, { memoryMib = 2048, cpus = 2, counting = false, uplinks: wished = [], deadlineMs }: BootOptions): Promise<Running> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const doors: Door[] = [];
    for (const { guestPort, hostPort } of wished) doors.push({ guestPort, hostPort: hostPort ?? (await freePort()) });
    const uplinks = doors.map((door, index) => ({ ...door, address: `${uplinkAddress(index)}/24` }));
    const startedAt = performance.now();
    const args = qemuArguments({ ...files, control: { hostPort: port, guestPort: controlPort }, uplinks, memoryMib, cpus, counting });
    const child = await spawnWard({ command: qemu, args, output: 'pipe', graceSeconds: 1 });
    let said = '';
    for (const stream of [child.process.stdout, child.process.stderr]) stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    const failure = await waitUntilReady(child, files, deadlineMs ?? bootDeadlineMs);
    if (failure === null) return { child, port, uplinks, bootMs: performance.now() - startedAt };
    const complaint = said.trim();
    await endQemu(child);
    // Another program may have taken a port since it was found free; and a kernel may hang while it measures its clock.
    const mayComeUp = complaint.includes('Could not set up host forwarding rule') || (failure.isLate && deadlineMs === undefined);
    await rm(path.join(files.share, 'ready'), { force: true });
    if (tries < startTries && mayComeUp) continue;
    const console = await readFile(files.consoleFile, 'utf8').catch(() => '');
    throw new VmError(`The virtual machine did not boot: ${failure.reason}.${complaint === '' ? '' : ` ${qemu} says: ${complaint}`}\n${consoleTail(console)}`);
  }
}

/** Null when the guest's supervisor listens. */
async function waitUntilReady(child: WardedChild, { share }: Files, deadlineMs: number): Promise<{ readonly reason: string; readonly isLate: boolean } | null> {
  let ended: string | null = null;
  void child.exited.then((exit) => (ended = `it ended with ${describeExit(exit)}`));
  const giveUpAt = performance.now() + deadlineMs;
  while (!existsSync(path.join(share, 'ready'))) {
    if (ended !== null) return { reason: ended, isLate: false };
    if (performance.now() > giveUpAt) return { reason: `it was not ready after ${deadlineMs / 1000} s`, isLate: true };
    await delay(readyPollMs);
  }
  return null;
}

async function endQemu(child: WardedChild): Promise<void> {
  child.send('SIGTERM');
  if (await endsWithin(child.exited, endDeadlineMs)) return;
  child.send('SIGKILL');
  await child.exited;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return address !== null && typeof address === 'object' ? address.port : 0;
}
