// Writes a definition's services as a keepalived.conf, with what is asked of their real servers. Who carries a VIP is VRRP's, and not in the text.
import { familyOf } from '../../definition/address.ts';
import type { ClusterDefinition, Persistence, RealServer, VirtualService } from '../../definition/definition.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import type { ForwardingMethod } from '../../definition/forwarding.ts';
import { addressOf, familyOfService } from '../../table/table.ts';
import { nameOfMatch } from '../draft.ts';
import { writeHealth } from './health/write-health.ts';
import { unsaidHealth, unsaidMark, unsaidOfCluster, unsaidRealServer, unsaidService } from '../unsaid.ts';
import type { Exported, Unsaid } from '../unsaid.ts';
import { dottedMask } from '../../change/commands/ipvsadm.ts';

const CHECKSUM = { none: 'nocsum', csum: 'csum', remcsum: 'remcsum' } as const;
const plain = /^[\w.:\-[\]]+$/;

/** keepalived 2.2 knows no escapes in quotes: null for a name that it would not read as it is. */
function quoted(name: string): string | null {
  if (plain.test(name)) return name;
  return /["\\]/.test(name) ? null : `"${name}"`;
}

/** Nothing where the name is the one that an import gives anyway, or cannot be said. */
function nameLines(name: string, usual: string): string[] {
  const said = quoted(name);
  return name === usual || said === null ? [] : [`    snmp_name ${said}`];
}

function methodWords(method: Exclude<ForwardingMethod, { kind: 'proxied' }>): string {
  if (method.kind !== 'tun') return method.kind.toUpperCase();
  const { tunnel } = method;
  switch (tunnel.type) {
    case 'ipip': return 'TUN type ipip';
    case 'gue': return `TUN type gue port ${tunnel.port} ${CHECKSUM[tunnel.checksum]}`;
    case 'gre': return `TUN type gre ${CHECKSUM[tunnel.checksum]}`;
  }
}

function persistenceLines({ timeoutSeconds, prefixLength, engine }: Persistence, family: 'ipv4' | 'ipv6'): string[] {
  const whole = prefixLength === (family === 'ipv4' ? 32 : 128);
  return [
    `persistence_timeout ${timeoutSeconds}`,
    ...(whole ? [] : [`persistence_granularity ${family === 'ipv4' ? dottedMask(prefixLength) : prefixLength}`]),
    ...(engine === null ? [] : [`persistence_engine ${engine}`]),
  ];
}

/** keepalived takes no such service, or repairs it into another. */
function isSayable({ match, persistence, onePacket }: VirtualService): boolean {
  const family = familyOfService(addressOf(match));
  if (persistence !== null && family === 'ipv4' && persistence.prefixLength > 32) return false;
  if (onePacket && match.protocol !== 'udp') return false;
  return match.kind === 'mark' || match.port !== 0 || persistence !== null;
}

/** Null where keepalived takes no such real server, or makes it another. */
function methodOf({ rip, port, method }: Pick<RealServer, 'rip' | 'port' | 'method'>, { match }: VirtualService): string | null {
  if (method.kind === 'proxied') return null;
  if (method.kind !== 'tun' && familyOf(rip) !== familyOfService(addressOf(match))) return null;
  if (match.kind === 'address' && replyBypassesDirector(method.kind) && port !== match.port) return null;
  return methodWords(method);
}

function realServerLines(realServer: RealServer, service: VirtualService, health: readonly string[]): string[] | null {
  const { name, rip, port, weight, thresholds } = realServer;
  const method = methodOf(realServer, service);
  return method === null ? null : [
    `real_server ${rip} ${port} {`,
    ...nameLines(name, rip),
    `    weight ${weight}`,
    `    lvs_method ${method}`,
    ...(thresholds.upper === 0 ? [] : [`    uthreshold ${thresholds.upper}`]),
    ...(thresholds.lower === 0 ? [] : [`    lthreshold ${thresholds.lower}`]),
    ...health.map((line) => `    ${line}`),
    '}',
  ];
}

function headLines(service: VirtualService): string[] {
  const { name, match, scheduler, persistence, onePacket } = service;
  const family = familyOfService(addressOf(match));
  return [
    match.kind === 'mark' ? `virtual_server fwmark ${match.mark} {` : `virtual_server ${match.vip} ${match.port} {`,
    ...nameLines(name, nameOfMatch(match)),
    match.kind === 'mark' ? `    ip_family ${family === 'ipv4' ? 'inet' : 'inet6'}` : `    protocol ${match.protocol.toUpperCase()}`,
    `    lvs_sched ${scheduler.name}`,
    ...('fallback' in scheduler && scheduler.fallback ? [`    ${scheduler.name}-fallback`] : []),
    ...('fallback' in scheduler && scheduler.port ? [`    ${scheduler.name}-port`] : []),
    ...(persistence === null ? [] : persistenceLines(persistence, family).map((line) => `    ${line}`)),
    ...(onePacket ? ['    ops'] : []),
  ];
}

/** keepalived sends to its sorry server by the method of the service, which is in the text of each real server alone. Null where it cannot be said. */
function sorryLines(service: VirtualService): string[] | null {
  const sorry = service.health?.belowQuorum === 'sorry' ? service.health.sorry : null;
  if (sorry === null) return [];
  const method = methodOf(sorry, service);
  return method === null ? null : [`lvs_method ${method}`, `sorry_server ${sorry.rip} ${sorry.port}`];
}

export function exportKeepalived(definition: ClusterDefinition): Exported {
  const unsaid: Unsaid[] = unsaidOfCluster(definition, (name) => quoted(name) !== null);
  const blocks = definition.services.flatMap((service, s) => {
    if (!isSayable(service)) {
      unsaid.push(unsaidService(definition, s));
      return [];
    }
    if (service.match.kind === 'mark') unsaid.push(unsaidMark(definition, s));
    const health = writeHealth(service);
    const realServers = service.realServers.map((realServer) => realServerLines(realServer, service, health.realServer));
    for (const [r, lines] of realServers.entries()) if (lines === null) unsaid.push(unsaidRealServer(definition, s, r));
    // What is asked stands in the real servers.
    const isAsked = health.realServer.length > 0 && realServers.some((lines) => lines !== null);
    const sorry = isAsked ? sorryLines(service) : [];
    if (service.health !== undefined && (!isAsked || !health.isWhole || sorry === null)) unsaid.push(unsaidHealth(definition, s));
    const inside = [...(isAsked ? [...health.service, ...sorry ?? []] : []), ...realServers.flatMap((lines) => lines ?? [])];
    return [[...headLines(service), ...inside.map((line) => `    ${line}`), '}', ''].join('\n')];
  });
  return { text: blocks.join('\n'), unsaid };
}
