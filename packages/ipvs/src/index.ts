// The kernel's IPVS: ip_vs.h as attribute tables, a client of one method per command, and what /proc tells.
export { IpvsClient, type Info, type Timeouts } from './client.ts';
export { addDestination, addService, removeDestination, removeService, setDestination, setService, zero, type Command } from './commands.ts';
export type { Daemon, DaemonRole, DaemonStart } from './daemon.ts';
export {
  destinationName, type ConnectionCounts, type Destination, type DestinationId, type DestinationSettings,
} from './destination.ts';
export type { DestinationRow } from './destination-reader.ts';
export { command, forward, NO_SCHEDULER, protocolNumber, serviceFlag, tunnelFlag, tunnelType } from './family/constants.ts';
export { readConnectionLine, type ConnectionEntry } from './proc/connection-line.ts';
export { addressOfHex, hexOfAddress, hexOfPort, portOfHex } from './proc/hex-address.ts';
export { modulesIn, readModules, type KernelModules } from './proc/modules.ts';
export { readProtocols, type BuiltProtocol } from './proc/protocols.ts';
export { readSysctl, readSysctls, SYSCTL_FOLDER, writeSysctl } from './proc/sysctls.ts';
export { readQuickTable, type QuickDestination, type QuickService } from './proc/table.ts';
export { namedService, serviceName, type Counters, type NamedService, type Service, type ServiceId, type ServiceSample, type ServiceSettings } from './service.ts';
export { wordsOf, type Words } from './words.ts';
