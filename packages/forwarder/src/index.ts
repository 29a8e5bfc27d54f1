// What forwards on a director: the interface and its drivers.
export { ForwarderError, type ApplyOptions, type Forwarder } from './forwarder.ts';
export { IpvsForwarder } from './ipvs/ipvs.ts';
export { Turns } from './turns.ts';
export { pickOnce } from './proxy/scheduling/scheduling.ts';
export type { Candidate } from './proxy/scheduling/scheduler.ts';
export { ProxyForwarder } from './proxy/proxy.ts';
export type { ProxyLimits } from './proxy/admission/limits.ts';
export { defaultTuning, type ProxyTuning } from './proxy/tuning.ts';
export { driverNames, isDriverName, openForwarder, type DriverName, type DriverOptions } from './registry.ts';
