// The POSIX sh script that checks a real server's host, sets it up and undoes that: nothing but sh, iproute2 and /proc.
import { serviceKey, addressOf } from '../table/table.ts';
import { ipHeaderBytes, tunnelOverheadBytes } from '../walk/room.ts';
import { tunnelDevices } from './devices.ts';
import type { TunnelDevice } from './devices.ts';
import type { RealServerNeeds } from './needs.ts';
import { addresses } from './shell/addresses.ts';
import { main } from './shell/main.ts';
import { record } from './shell/record.ts';
import { routes } from './shell/routes.ts';
import { saying } from './shell/saying.ts';
import { sysctls } from './shell/sysctls.ts';
import { tunnels } from './shell/tunnels.ts';
import { commentText, fileNamePart, word } from './word.ts';

export interface ScriptInput {
  /** Two clusters on one host keep records of their own. */
  readonly clusterId: string;
  readonly clusterName: string;
  readonly needs: RealServerNeeds;
}

function nameOf({ names, rip }: RealServerNeeds): string {
  return names[0] ?? rip;
}

export function scriptFileName(needs: RealServerNeeds): string {
  return `weir-rs-${fileNamePart(nameOf(needs))}.sh`;
}

/** Which services need it, and what it says. */
function heading({ clusterName, needs }: ScriptInput): string[] {
  const { rip, names, hosted } = needs;
  return [
    `Weir: real server ${commentText(names.join(', '))} (${word(rip)}) of the cluster ${commentText(clusterName)}`,
    ...hosted.map(({ service, realServer }) => (
      `  ${commentText(service.name)}  ${commentText(serviceKey(addressOf(service.match)))}  ${word(realServer.method.kind)}`)),
    '',
    `sh ${scriptFileName(needs)} check [CLIENT...]   says what is wrong, one line each: wrong CODE ...`,
    `sh ${scriptFileName(needs)} apply               sets it up until the next boot; what was there before is kept in /run/weir`,
    `sh ${scriptFileName(needs)} undo                returns what apply changed and nobody changed since`,
    'Ends with 0 when all is right, 1 when something is wrong, 2 when it cannot tell.',
  ].map((line) => `# ${line}`.trimEnd());
}

function tunnelLine({ name, module, kind, carriesIpv4, mode, checksum, own }: TunnelDevice, rip: string): string {
  const words = mode === null ? [] : [mode];
  const sums = kind !== 'gre' && kind !== 'ip6gre' ? [] : [checksum ? 'icsum' : '!icsum'];
  const made = own ? ['--', ...(mode === null ? [] : ['mode', mode]), 'local', word(rip), ...(checksum ? ['icsum'] : [])] : [];
  return ['tunnel', name, module, kind, carriesIpv4 ? '4' : '6', ...words, ...sums, ...made].join(' ');
}

/** The largest that any of its tunnels adds. */
function overheadBytes({ hosted, family }: RealServerNeeds): number {
  return Math.max(ipHeaderBytes[family], ...hosted.flatMap(({ realServer: { method } }) => (
    method.kind === 'tun' ? [tunnelOverheadBytes(method.tunnel, family)] : [])));
}

/** In this order: sysctls before the VIP. */
function steps(needs: RealServerNeeds): string[] {
  const { vips, rip, guePorts, gateway } = needs;
  const devices = tunnelDevices(needs);
  return [
    ...(vips.some((vip) => !vip.includes(':')) ? ['arp'] : []),
    ...devices.map((device) => tunnelLine(device, rip)),
    ...guePorts.map((port) => `gue ${word(port)}`),
    ...vips.map((vip) => `vip ${word(vip)}`),
    ...(devices.length === 0 ? [] : [`mtu ${word(overheadBytes(needs))}`]),
    ...(gateway === null ? [] : [`default_route ${word(gateway)}`, 'clients']),
  ];
}

export function realServerScript(input: ScriptInput): string {
  const { clusterId, needs } = input;
  const everything = steps(needs);
  return [
    '#!/bin/sh',
    ...heading(input),
    'set -u',
    'PATH=$PATH:/usr/sbin:/sbin',
    `rip=${word(needs.rip)}`,
    `family=${needs.family === 'ipv6' ? 6 : 4}`,
    'state=/run/weir',
    `record=$state/real-server-${word(clusterId)}-$rip`,
    '',
    'everything() {',
    ...(everything.length === 0 ? [':'] : everything).map((line) => `  ${line}`),
    '}',
    `${saying}${record}${sysctls}${addresses}${tunnels}${routes}${main}`,
  ].join('\n');
}
