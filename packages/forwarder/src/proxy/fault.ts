// Refusals of single operations, with the system's own code where it gave one.
import type { Fault, FaultCode } from '@weir/model';

export function fault(code: FaultCode, message: string): Fault {
  return { code, message, errno: null };
}

const codesOfErrno: ReadonlyMap<string, FaultCode> = new Map([
  ['EADDRINUSE', 'addressInUse'],
  ['EADDRNOTAVAIL', 'addressNotAvailable'],
  ['EACCES', 'permissionDenied'],
  ['EPERM', 'permissionDenied'],
  ['EMFILE', 'limitReached'],
  ['ENFILE', 'limitReached'],
  ['ENOBUFS', 'limitReached'],
]);

const wordsOfErrno: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'another program listens there'],
  ['EADDRNOTAVAIL', 'this host does not have that address'],
  ['EACCES', 'this user may not listen on that port'],
  ['EPERM', 'this user may not listen there'],
  ['EAFNOSUPPORT', 'this host does not have that address family'],
  ['EMFILE', 'the process has no descriptor left'],
  ['ENFILE', 'the host has no descriptor left'],
]);

function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** `doing` in words: `listen on 127.0.0.1:80`. */
export function faultOf(doing: string, error: unknown): Fault {
  const errno = errnoOf(error);
  const words = (errno === null ? undefined : wordsOfErrno.get(errno)) ?? (error instanceof Error ? error.message : String(error));
  const code = (errno === null ? undefined : codesOfErrno.get(errno)) ?? 'unexpected';
  return { code, message: `cannot ${doing}: ${words}`.slice(0, 1_000), errno: errno === null ? null : errno.slice(0, 32) };
}
