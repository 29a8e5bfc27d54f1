// A real server from the words of a file: the same words in ipvsadm and keepalived.conf.
import { IPVSADM_HIGHEST_WEIGHT } from '../../change/commands/ipvsadm.ts';
import { familyOf } from '../../definition/address.ts';
import type { IpAddress } from '../../definition/address.ts';
import type { RealServer, ServiceMatch, Thresholds } from '../../definition/definition.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import type { ForwardingMethod, Tunnel } from '../../definition/forwarding.ts';
import { addressOf, familyOfService } from '../../table/table.ts';
import type { Place, Report, Word } from '../report.ts';
import { numberWithin } from './values.ts';

export interface TunnelWords {
  readonly type: Word | null;
  readonly port: Word | null;
  /** `none`, `csum`, `remcsum`. */
  readonly checksum: Word | null;
}

export interface RealServerWords {
  readonly at: Place;
  readonly rip: IpAddress;
  /** Null where none is written: the service's. */
  readonly port: number | null;
  readonly method: 'nat' | 'dr' | 'tun';
  readonly tunnel: TunnelWords;
  readonly weight: Word | null;
  readonly upper: Word | null;
  readonly lower: Word | null;
}

export type NamelessRealServer = Omit<RealServer, 'id' | 'name'>;

const HIGHEST = 2_147_483_647;

function weightOf(word: Word | null, report: Report): number {
  if (word === null) return 1;
  const weight = numberWithin(word.text, 0, HIGHEST);
  // Sending to it what nobody asked for would be worse than sending nothing.
  if (weight === null) report.approximated(word.at, 'weightInvalid', { weight: word.text });
  else if (weight > IPVSADM_HIGHEST_WEIGHT) report.finding(word.at, 'weightAboveIpvsadm', { weight });
  return weight ?? 0;
}

function threshold(word: Word | null, report: Report): number {
  if (word === null) return 0;
  const connections = numberWithin(word.text, 0, HIGHEST);
  if (connections === null) report.dropped(word.at, 'thresholdInvalid', { threshold: word.text });
  return connections ?? 0;
}

function thresholdsOf(words: RealServerWords, report: Report): Thresholds {
  const thresholds = { upper: threshold(words.upper, report), lower: threshold(words.lower, report) };
  if (thresholds.lower > thresholds.upper) report.finding((words.lower ?? words).at, 'thresholdsCrossed', { ...thresholds });
  return thresholds;
}

function checksumOf(type: 'gue' | 'gre', word: Word | null, report: Report): 'none' | 'csum' | 'remcsum' {
  if (word === null || word.text === 'none') return 'none';
  if (word.text === 'csum' || (type === 'gue' && word.text === 'remcsum')) return word.text === 'csum' ? 'csum' : 'remcsum';
  report.dropped(word.at, 'checksumNotForTunnel', { checksum: word.text, tunnel: type });
  return 'none';
}

/** Null where the kernel would refuse it. */
function tunnelOf({ type, port, checksum }: TunnelWords, at: Place, report: Report): Tunnel | null {
  const name = type?.text ?? 'ipip';
  if (name === 'ipip') return { type: 'ipip' };
  if (name === 'gre') return { type: 'gre', checksum: checksumOf('gre', checksum, report) === 'none' ? 'none' : 'csum' };
  if (name !== 'gue') {
    report.leftOut(type?.at ?? at, 'unknownTunnel', { tunnel: name });
    return null;
  }
  const number = port === null ? null : numberWithin(port.text, 1, 65_535);
  if (number !== null) return { type: 'gue', port: number, checksum: checksumOf('gue', checksum, report) };
  report.leftOut(port?.at ?? type?.at ?? at, 'tunnelNeedsPort');
  return null;
}

function methodOf(words: RealServerWords, report: Report): ForwardingMethod | null {
  if (words.method !== 'tun') {
    if (words.tunnel.type !== null) report.dropped(words.tunnel.type.at, 'tunnelWithoutTun', { tunnel: words.tunnel.type.text });
    return { kind: words.method };
  }
  const tunnel = tunnelOf(words.tunnel, words.at, report);
  return tunnel === null ? null : { kind: 'tun', tunnel };
}

/** Null where it was left out; the report says why. */
export function realServerOf(words: RealServerWords, match: ServiceMatch, report: Report): NamelessRealServer | null {
  const method = methodOf(words, report);
  if (method === null) {
    report.leftOut(words.at, 'insideLeftOut', { of: words.rip });
    return null;
  }
  const servicePort = match.kind === 'address' ? match.port : 0;
  let port = words.port ?? servicePort;
  if (match.kind === 'address' && replyBypassesDirector(method.kind) && port !== servicePort) {
    report.approximated(words.at, 'portOfService', { port, servicePort, method: method.kind });
    port = servicePort;
  }
  if (method.kind !== 'tun' && familyOf(words.rip) !== familyOfService(addressOf(match))) {
    report.finding(words.at, 'familyNeedsTunnel', { rip: words.rip, method: method.kind });
  }
  return { rip: words.rip, port, method, weight: weightOf(words.weight, report), thresholds: thresholdsOf(words, report) };
}
