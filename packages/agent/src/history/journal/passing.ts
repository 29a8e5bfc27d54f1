// Tells a file that is damaged from one that cannot be read now.
import { DiskError, errnoOf } from '../../disk/error.ts';

/** The host is out of something: it says nothing about the file. */
const outOf: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR', 'EBUSY']);

/** `perhaps`: the disk did not give the file, for a reason that may be the file's own. */
export function passingOf(error: unknown): 'surely' | 'perhaps' | 'no' {
  const errno = errnoOf(error instanceof DiskError ? error.cause : error);
  if (errno === null) return 'no';
  // Of what was to be unpacked: it was read.
  if (errno.startsWith('Z_') || errno.startsWith('ERR_')) return errno === 'Z_MEM_ERROR' ? 'surely' : 'no';
  return outOf.has(errno) ? 'surely' : 'perhaps';
}
