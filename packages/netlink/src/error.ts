// The one error of this package: what was asked, about what, and what the system said.
import { constants } from 'node:os';

/** The first name of each number: EAGAIN before EWOULDBLOCK, EOPNOTSUPP before ENOTSUP. */
const names = new Map<number, string>();
for (const [name, number] of Object.entries(constants.errno)) {
  if (!names.has(number) && name !== 'ENOTSUP' && name !== 'EWOULDBLOCK') names.set(number, name);
}

/** `ENOENT` for 2; `E2000` for a number that this system does not name. */
export function errnoName(number: number): string {
  return names.get(number) ?? `E${number}`;
}

export class NetlinkError extends Error {
  override readonly name = 'NetlinkError';
  readonly operation: string;
  /** `EPERM`; null where the system answered nothing or something that cannot be read. */
  readonly errno: string | null;
  /** What it was about: `service tcp 10.0.0.1:80`, `attribute destination.port`. */
  readonly object: string;

  constructor(operation: string, object: string, why: { readonly errno: string } | { readonly reason: string }) {
    super(`${operation} ${object}: ${'errno' in why ? why.errno : why.reason}`);
    this.operation = operation;
    this.object = object;
    this.errno = 'errno' in why ? why.errno : null;
  }
}

/** Bytes that do not have the form they should have. */
export function malformed(object: string, reason: string): NetlinkError {
  return new NetlinkError('decode', object, { reason });
}
