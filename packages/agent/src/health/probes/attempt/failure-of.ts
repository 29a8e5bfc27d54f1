// What the system says when something fails, as the word of a try.
import { getSystemErrorName } from 'node:util';
import type { TryFailure } from '@weir/model';
import { NetlinkError } from '@weir/netlink';
import type { Failure } from './attempt.ts';

const BY_CODE: Readonly<Record<string, TryFailure>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', EHOSTDOWN: 'unreachable', ENETDOWN: 'unreachable', ENONET: 'unreachable',
  ENOPROTOOPT: 'unreachable', EPROTO: 'tlsFailed',
  ECONNRESET: 'reset', ECONNABORTED: 'reset', EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  EACCES: 'permission', EPERM: 'permission',
  // Without a source of one's own: no port is left.
  EADDRNOTAVAIL: 'noResources', EAGAIN: 'noResources', EMFILE: 'noResources', ENFILE: 'noResources', ENOBUFS: 'noResources', ENOMEM: 'noResources',
  EADDRINUSE: 'noResources',
};

function codeOf(error: unknown): string | null {
  if (error instanceof NetlinkError) return error.errno;
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'number' ? getSystemErrorName(error.code) : String(error.code);
}

/** What keeps a socket from its source address: it is not on this host, or of the other family. */
const AT_THE_SOURCE: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EINVAL', 'EAFNOSUPPORT']);

export function failureOf(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === null) return { failure: 'failed', detail };
  const isBinding = error instanceof NetlinkError ? error.operation === 'bind' : error instanceof Error && 'syscall' in error && error.syscall === 'bind';
  if (isBinding && AT_THE_SOURCE.has(code)) return { failure: 'sourceAddress', detail };
  // An end in the middle is what Node calls a reset, too; only of a real one it says what was being done.
  if (code === 'ECONNRESET' && !(error instanceof Error && 'syscall' in error)) return { failure: 'closed' };
  if (code.startsWith('ERR_SSL_')) return { failure: 'tlsFailed', detail };
  return { failure: BY_CODE[code] ?? 'failed', detail };
}
