// The life of a machine of its own: boots, hangs, panics, fails to boot, and leaves nothing when it is powered off.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { boot, Vm, type Machine } from '../index.ts';

const machines: Machine[] = [];

async function started(): Promise<Machine> {
  const machine = await boot();
  machines.push(machine);
  return machine;
}

afterAll(() => Promise.all(machines.map((machine) => machine.powerOff())));

/** Command lines that name the machine's folder. */
async function processesOf({ access }: Machine): Promise<string[]> {
  const folder = path.dirname(access.share);
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(folder));
}

async function machineFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`weir-vm-${process.pid}-`));
}

it('a guest that hangs fails what waits for it', async () => {
  const machine = await started();
  expect(await processesOf(machine)).not.toEqual([]);
  const vm = await Vm.connect(machine.access, { silenceMs: 4_000 });
  const waiting = vm.machine.run('sleep 60');
  process.kill(machine.pid, 'SIGSTOP');
  await expect(waiting).rejects.toThrow(/"sleep 60": The virtual machine failed: it has been silent for 4 s/);
  process.kill(machine.pid, 'SIGCONT');
  await expect(vm.machine.run('true')).rejects.toThrow(/has been silent/);
  vm.disconnect();
});

it('a guest that panics fails what waits for it, with the last words of the console; powered off, it leaves nothing', async () => {
  const [machine = await started()] = machines;
  const vm = await Vm.connect(machine.access);
  const other = await Vm.connect(machine.access);
  const runs = await Promise.allSettled([other.machine.run('sleep 60'), vm.machine.run('echo c > /proc/sysrq-trigger')]);
  const lastWords = /The virtual machine failed: it ended.\nThe console ends with:\n[^]*Kernel panic - not syncing: sysrq triggered crash/;
  for (const run of runs) expect(run).toMatchObject({ status: 'rejected', reason: { name: 'VmError', message: expect.stringMatching(lastWords) as unknown } });
  await machine.powerOff();
  await expect.poll(() => processesOf(machine), { timeout: 60_000 }).toEqual([]);
  expect(existsSync(path.dirname(machine.access.share))).toBe(false);
});

it('files that a killed process left are removed by the next boot', async () => {
  const { pid } = spawnSync('true');
  const [left, kept] = [path.join(tmpdir(), `weir-vm-${pid}-test`), path.join(tmpdir(), `weir-vm-${process.ppid}-test`)];
  await Promise.all([mkdir(left), mkdir(kept)]);
  await expect(boot({ memoryMib: 1 })).rejects.toThrow('did not boot');
  expect([existsSync(left), existsSync(kept)]).toEqual([false, true]);
  await rm(kept, { recursive: true });
});

it('a guest that does not come up in time fails, and leaves nothing', async () => {
  const before = await machineFolders();
  await expect(boot({ deadlineMs: 300 })).rejects.toThrow(/The virtual machine did not boot: it was not ready after 0.3 s.\nThe console/);
  await expect(boot({ memoryMib: 1 })).rejects.toThrow(/The virtual machine did not boot: it ended with/);
  expect((await machineFolders()).filter((name) => !before.includes(name))).toEqual([]);
});
