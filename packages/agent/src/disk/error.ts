// What went wrong with the agent's data folder, in one sentence that names the path and what to do.

export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly operation: string;
  readonly path: string;

  constructor(operation: string, path: string, why: string, options?: ErrorOptions) {
    super(`Cannot ${operation} ${path}: ${why}`, options);
    this.operation = operation;
    this.path = path;
  }
}

export function errnoOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const inWords: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it cannot be made there',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'it exists and is not a folder',
  EMFILE: 'too many files are open',
};

export function whyOf(error: unknown): string {
  const code = errnoOf(error);
  if (code !== null && inWords[code] !== undefined) return inWords[code];
  return error instanceof Error ? error.message : String(error);
}
