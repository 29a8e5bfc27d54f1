// What the system refused on the host, in words and with what to do.
import type { Fault, FaultCode, HostOperation } from '@weir/model';
import { hostCommand } from '@weir/model';
import { NetlinkError } from '@weir/netlink';
import { errnoOf } from '../disk/error.ts';

/** A refusal of our own, before or after the system was asked. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

const codes: Readonly<Record<string, FaultCode>> = {
  EPERM: 'permissionDenied', EACCES: 'permissionDenied', EROFS: 'permissionDenied', ENOENT: 'notFound', ENODEV: 'notFound', ENXIO: 'notFound',
  EEXIST: 'alreadyExists', EADDRNOTAVAIL: 'addressNotAvailable',
};

const advice: Partial<Record<FaultCode, string>> = {
  permissionDenied: 'the agent needs CAP_NET_ADMIN, and CAP_NET_RAW to announce addresses',
  alreadyExists: 'somebody put it there meanwhile; look at the plan again',
};

export function faultOf(error: unknown, operation: HostOperation): Fault {
  if (error instanceof HostRefusal) return { code: error.code, message: error.message, errno: null };
  const errno = error instanceof NetlinkError ? error.errno : errnoOf(error) ?? null;
  const code = errno === null ? 'unexpected' : codes[errno] ?? 'unexpected';
  const why = error instanceof Error ? error.message : String(error);
  const message = [`${hostCommand(operation)}: ${why}`, advice[code]].filter((part) => part !== undefined).join('; ');
  return { code, message: message.slice(0, 1_000), errno };
}
