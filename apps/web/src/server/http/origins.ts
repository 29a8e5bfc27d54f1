// The origins that are the panel's own, from its settings and its certificate; never from a request's Host header.
import { X509Certificate } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { isLoopback } from '../env.ts';
import { StartError } from '../errors.ts';

export type Origins = readonly [string, ...string[]];

export interface OriginSettings {
  readonly host: string;
  readonly port: number;
  /** The certificate chain, PEM. */
  readonly certificate: string | null;
  /** Of the proxy in front. */
  readonly origin: string | null;
}

const wildcards = new Set(['0.0.0.0', '::']);

/** The first is the one to print. */
export function originsOf({ host, port, certificate, origin }: OriginSettings): Origins {
  if (origin !== null) return [origin];
  const scheme = certificate === null ? 'http' : 'https';
  const names = wildcards.has(host) ? [] : [host];
  if (isLoopback(host)) names.push('127.0.0.1', 'localhost', '::1');
  if (certificate !== null) names.push(...namesIn(certificate));
  const [first, ...others] = new Set(names.map((name) => new URL(`${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}`).origin));
  if (first === undefined) {
    throw new StartError(`WEIR_HOST is ${host} and the certificate names no host: say with WEIR_ORIGIN what browsers call the panel.`);
  }
  return [first, ...others];
}

function namesIn(certificate: string): string[] {
  // "DNS:weir.example.org, IP Address:192.0.2.1"; a name with a star cannot be an origin.
  const alternatives = new X509Certificate(certificate).subjectAltName?.split(', ') ?? [];
  return alternatives
    .map((entry) => /^(?:DNS|IP Address):([\w.:-]+)$/.exec(entry)?.[1])
    .filter((name) => name !== undefined);
}
