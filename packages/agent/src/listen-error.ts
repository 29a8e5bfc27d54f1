// Why a port could not be listened on, in one sentence that names the option to change.
import { errnoOf, whyOf } from './disk/error.ts';

export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const failures: Readonly<Record<string, (option: string) => string>> = {
  EADDRINUSE: (option) => `another program has the port. Choose one with ${option}`,
  EADDRNOTAVAIL: (option) => `this host does not have the address. Choose one with ${option}`,
  EACCES: (option) => `ports below 1024 need privileges. Choose another one with ${option}`,
  ENOTFOUND: (option) => `there is no host of this name. Choose an address with ${option}`,
};

export function listenFailure(error: Error, { host, port, option }: { readonly host: string; readonly port: number; readonly option: string }): string {
  const why = failures[errnoOf(error) ?? '']?.(option) ?? whyOf(error);
  return `Cannot listen on ${host.includes(':') ? `[${host}]` : host}:${port}: ${why}`;
}
