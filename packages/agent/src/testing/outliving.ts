// A proxy that poses as a kernel's table: closing it ends nothing, and others may put rules into it.
import type { Forwarder } from '@weir/forwarder';

export function outliving(proxy: Forwarder): Forwarder {
  return {
    capabilities: { ...proxy.capabilities, outlivesAgent: true },
    read: () => proxy.read(), service: (address) => proxy.service(address), apply: (operations, options) => proxy.apply(operations, options),
    sample: () => proxy.sample(), connections: (limit, choice) => proxy.connections(limit, choice), kernel: () => proxy.kernel(), zero: () => proxy.zero(null),
    close: () => Promise.resolve(),
  };
}
