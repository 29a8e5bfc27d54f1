// Vitest's kernel project: a virtual machine for each of its workers, booted before the first file and ended after the last.
import type { TestProject } from 'vitest/node';
import { boot, type Machine, type VmAccess } from './machine/boot.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker, in the order of their numbers. */
    readonly vmAccesses: readonly VmAccess[];
  }
}

// One processor each: two would wait for each other on a host of two. Two directors can be given a door each, to be reached as agents are.
function bootOne(): Promise<Machine> {
  return boot({ cpus: 1, uplinks: [{ guestPort: 9348 }, { guestPort: 9348 }] });
}

export default async function bootForTests(project: TestProject): Promise<() => Promise<void>> {
  const machines: Machine[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(machines.map((machine) => machine.powerOff()));
  };
  try {
    // One after the other: the first makes the image that all boot.
    while (machines.length < project.config.maxWorkers) machines.push(await bootOne());
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('vmAccesses', machines.map(({ access }) => access));
  return end;
}
