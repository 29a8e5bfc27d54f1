// What an operation is in the words of ipvsadm 1.31: the command that does the same to the kernel.
import { familyOf, formatEndpoint } from '../../definition/address.ts';
import type { Family } from '../../definition/address.ts';
import type { Persistence } from '../../definition/definition.ts';
import type { RuleMethod, Tunnel } from '../../definition/forwarding.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import type { Operation } from '../operation.ts';
import type { Scheduler } from '../../definition/scheduler.ts';
import { endpointKey, familyOfService } from '../../table/table.ts';
import type { Endpoint, RealServerSettings, ServiceAddress, ServiceSettings } from '../../table/table.ts';

/** Upstream's `-w` refuses more; Debian's is patched to take any int, as the kernel does (bug 814348). */
export const IPVSADM_HIGHEST_WEIGHT = 65_535;

const WIDTH: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };
const PROTOCOL_OPTION = { tcp: '-t', udp: '-u', sctp: '--sctp-service' } as const;
const METHOD_OPTION = { nat: '-m', dr: '-g', tun: '-i' } as const;
const CHECKSUM_OPTION = { none: '--tun-nocsum', csum: '--tun-csum', remcsum: '--tun-remcsum' } as const;

function serviceWords(service: ServiceAddress): string[] {
  if (service.kind === 'address') return [PROTOCOL_OPTION[service.protocol], formatEndpoint(service.vip, service.port)];
  return ['-f', String(service.mark), ...(service.family === 'ipv6' ? ['-6'] : [])];
}

export function dottedMask(prefixLength: number): string {
  const mask = 0xffff_ffff - (2 ** (32 - prefixLength) - 1);
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 0xff).join('.');
}

function persistenceWords({ timeoutSeconds, prefixLength, engine }: Persistence, family: Family): string[] {
  const mask = family === 'ipv4' ? dottedMask(prefixLength) : String(prefixLength);
  return [
    '-p', String(timeoutSeconds),
    ...(prefixLength === WIDTH[family] ? [] : ['-M', mask]),
    ...(engine === null ? [] : ['--pe', engine]),
  ];
}

function flagWords(scheduler: Scheduler): string[] {
  if (scheduler.name !== 'sh' && scheduler.name !== 'mh') return [];
  const flags = [scheduler.fallback && `${scheduler.name}-fallback`, scheduler.port && `${scheduler.name}-port`].filter((flag) => flag !== false);
  return flags.length === 0 ? [] : ['-b', flags.join(',')];
}

/** Null where ipvsadm refuses: a mask wider than the address, port 0 without persistence, one-packet scheduling of anything but UDP. */
function settingsWords(service: ServiceAddress, { scheduler, persistence, onePacket }: ServiceSettings): string[] | null {
  const family = familyOfService(service);
  if (persistence !== null && persistence.prefixLength > WIDTH[family]) return null;
  if (service.kind === 'address' && service.port === 0 && persistence === null) return null;
  if (service.kind === 'address' && service.protocol !== 'udp' && onePacket) return null;
  return [
    '-s', scheduler.name,
    ...(persistence === null ? [] : persistenceWords(persistence, family)),
    ...(onePacket ? ['-o'] : []),
    ...flagWords(scheduler),
  ];
}

function tunnelWords(tunnel: Tunnel): string[] {
  switch (tunnel.type) {
    case 'ipip': return ['--tun-type', 'ipip'];
    case 'gue': return ['--tun-type', 'gue', '--tun-port', String(tunnel.port), CHECKSUM_OPTION[tunnel.checksum]];
    case 'gre': return ['--tun-type', 'gre', CHECKSUM_OPTION[tunnel.checksum]];
  }
}

/** Whether ipvsadm takes this real server and leaves it as it is: for DR and TUN it silently writes the service's port over the given one. */
function takes(service: ServiceAddress, { rip, port }: Endpoint, { kind }: RuleMethod, weight: number): boolean {
  if (weight > IPVSADM_HIGHEST_WEIGHT) return false;
  if (familyOf(rip) !== familyOfService(service) && kind !== 'tun') return false;
  return service.kind === 'mark' || !replyBypassesDirector(kind) || port === service.port;
}

function realServerWords(service: ServiceAddress, endpoint: Endpoint, settings: RealServerSettings): string[] | null {
  const { method, weight, thresholds } = settings;
  if (method.kind === 'proxied' || !takes(service, endpoint, method, weight)) return null;
  return [
    '-r', endpointKey(endpoint), METHOD_OPTION[method.kind], '-w', String(weight),
    ...(thresholds.upper > 0 ? ['-x', String(thresholds.upper)] : []),
    ...(thresholds.lower > 0 ? ['-y', String(thresholds.lower)] : []),
    ...(method.kind === 'tun' ? tunnelWords(method.tunnel) : []),
  ];
}

function optionsOf(operation: Operation): readonly [command: string, words: readonly string[] | null] {
  const { service } = operation;
  switch (operation.kind) {
    case 'addService': return ['-A', settingsWords(service, operation.settings)];
    case 'setService': return ['-E', settingsWords(service, operation.after)];
    case 'removeService': return ['-D', []];
    case 'addRealServer': return ['-a', realServerWords(service, operation.realServer.endpoint, operation.realServer.settings)];
    case 'setRealServer': return ['-e', realServerWords(service, operation.endpoint, operation.after)];
    case 'removeRealServer':
      return ['-d', operation.removed.settings.method.kind === 'proxied' ? null : ['-r', endpointKey(operation.removed.endpoint)]];
  }
}

/** The command, ready for a shell; null for what ipvsadm cannot say or would do differently (a proxied real server, a weight above 65,535). */
export function ipvsadmCommand(operation: Operation): string | null {
  const [command, words] = optionsOf(operation);
  return words === null ? null : ['ipvsadm', command, ...serviceWords(operation.service), ...words].join(' ');
}
