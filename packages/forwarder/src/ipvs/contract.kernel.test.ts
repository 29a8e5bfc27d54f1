// The driver of the kernel's IPVS keeps the contract, on both families.
import { useKernelVm } from '@weir/lab/vm/testing';
import { SchedulerName } from '@weir/model';
import { beforeAll } from 'vitest';
import { forwarderContract } from '../contract.ts';
import { capabilitiesOf } from './capabilities.ts';
import { KernelBench } from './testing/kernel-bench.ts';

const vm = useKernelVm();
let bench: KernelBench;
beforeAll(async () => { bench = await KernelBench.build(vm()); });

/** Debian's kernel has all of them. */
const capabilities = capabilitiesOf({
  schedulers: new Set(SchedulerName.options), engines: new Set(['sip']), families: ['ipv4', 'ipv6'], protocols: new Set(['tcp', 'udp', 'sctp']), release: '6.1.0', removal: 'stall',
});

forwarderContract('ipvs', () => bench.fixture('ipv4'), { capabilities, traffic: true, sequences: 6 });
forwarderContract('ipvs, IPv6', () => bench.fixture('ipv6'), { capabilities, traffic: false, sequences: 3 });
