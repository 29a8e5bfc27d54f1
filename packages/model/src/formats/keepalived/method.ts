// `lvs_method NAT | DR | TUN [type …]`.
import type { RealServerWords } from '../words/real-server-settings.ts';
import type { Report, Word } from '../report.ts';
import type { Block } from './text/tree.ts';

export type MethodWords = Pick<RealServerWords, 'method' | 'tunnel'>;

/** keepalived's default. */
export const natByDefault: MethodWords = { method: 'nat', tunnel: { type: null, port: null, checksum: null } };

const methods = { NAT: 'nat', DR: 'dr', TUN: 'tun' } as const;

function isMethod(word: string): word is keyof typeof methods {
  return Object.hasOwn(methods, word);
}

const checksums: Readonly<Record<string, string>> = { nocsum: 'none', csum: 'csum', remcsum: 'remcsum' };

/** Null where it is none; the report says so. */
export function methodOf({ at, words: [, name = '', ...options] }: Block, report: Report): MethodWords | null {
  if (!isMethod(name)) {
    report.leftOut(at, 'unknownMethod', { method: name });
    return null;
  }
  report.understood(at);
  const found = new Map<'type' | 'port' | 'checksum', Word>();
  for (let index = 0; index < options.length; index += 1) {
    const word = options[index] ?? '';
    const checksum = checksums[word];
    if (checksum !== undefined) found.set('checksum', { text: checksum, at });
    else if (word === 'type' || word === 'port') {
      index += 1;
      found.set(word, { text: options[index] ?? '', at });
    } else report.approximated(at, 'unknownWord', { word });
  }
  return { method: methods[name], tunnel: { type: found.get('type') ?? null, port: found.get('port') ?? null, checksum: found.get('checksum') ?? null } };
}
