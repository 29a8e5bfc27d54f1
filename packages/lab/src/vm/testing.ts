// For *.kernel.test.ts files: a session of their own with the virtual machine that the kernel tests of one worker share.
import { afterAll, beforeAll, inject } from 'vitest';
import { workerNumber } from './env.ts';
import './global-setup.ts';
import type { VmAccess } from './machine/boot.ts';
import { Vm } from './session/vm.ts';

/** The machine of this worker. */
export function accessOfWorker(): VmAccess {
  const access = inject('vmAccesses')[workerNumber - 1];
  if (access === undefined) throw new Error(`worker ${workerNumber} has no virtual machine`);
  return access;
}

/** Call it at the top of a test file; the session ends with the file, and all that it started in the guest with it. */
export function useKernelVm(): () => Vm {
  let vm: Vm | null = null;
  beforeAll(async () => {
    vm = await Vm.connect(accessOfWorker());
  });
  afterAll(() => vm?.disconnect());
  return () => {
    if (vm === null) throw new Error('the virtual machine is there from beforeAll on');
    return vm;
  };
}
