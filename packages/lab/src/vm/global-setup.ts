// Vitest's kernel project: one virtual machine for all its files, booted before the first and ended after the last.
import type { TestProject } from 'vitest/node';
import { boot, type VmAccess } from './machine/boot.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly vmAccess: VmAccess;
  }
}

// Two directors can be given a door each, to be reached as agents are.
export default async function bootForTests(project: TestProject): Promise<() => Promise<void>> {
  const machine = await boot({ uplinks: [{ guestPort: 9348 }, { guestPort: 9348 }] });
  project.provide('vmAccess', machine.access);
  return () => machine.powerOff();
}
