// For *.kernel.test.ts files: a session of their own with the virtual machine that all kernel tests share.
import { afterAll, beforeAll, inject } from 'vitest';
import './global-setup.ts';
import { Vm } from './session/vm.ts';

/** Call it at the top of a test file; the session ends with the file, and all that it started in the guest with it. */
export function useKernelVm(): () => Vm {
  let vm: Vm | null = null;
  beforeAll(async () => {
    vm = await Vm.connect(inject('vmAccess'));
  });
  afterAll(() => vm?.disconnect());
  return () => {
    if (vm === null) throw new Error('the virtual machine is there from beforeAll on');
    return vm;
  };
}
