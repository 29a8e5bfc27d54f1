// The few functions of libc that sockets need, by name. The library is loaded when it is first used, not when this file is.
import { constants } from 'node:os';
import { errnoName, NetlinkError } from './error.ts';

export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  setsockopt(fd: number, level: number, name: number, value: Uint8Array, length: number): number;
  /** SO_ATTACH_FILTER: of what comes only what the filter lets through is received. `instructions` are 8 bytes each. */
  attachFilter(fd: number, instructions: Uint8Array): number;
  send(fd: number, bytes: Uint8Array, length: number, flags: number): number;
  sendto(fd: number, bytes: Uint8Array, length: number, flags: number, address: Uint8Array, addressLength: number): number;
  recv(fd: number, bytes: Uint8Array, length: number, flags: number): number;
  close(fd: number): number;
  /** Of the last call. */
  errno(): number;
  /** Calls `ready` whenever the descriptor can be read, in the event loop; gives what ends that. */
  watch(fd: number, ready: () => void): () => void;
}

let loading: Promise<Libc> | null = null;

const SOL_SOCKET = 1;
const SO_ATTACH_FILTER = 26;
/** linux/filter.h: sock_filter, and sock_fprog with its padding. */
const INSTRUCTION_BYTES = 8;
const FILTER_PROGRAM_BYTES = 16;

export function loadLibc(): Promise<Libc> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Libc> {
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    // Without a name: koffi takes each name once in a process, and this may be loaded into one twice.
    const program = koffi.pointer(koffi.struct({ length: 'uint16_t', filter: 'void *' }));
    const attach = library.func('setsockopt', 'int', ['int', 'int', 'int', program, 'uint32_t']);
    return {
      socket: library.func('int socket(int, int, int)'),
      bind: library.func('int bind(int, void *, uint32_t)'),
      connect: library.func('int connect(int, void *, uint32_t)'),
      attachFilter: (fd, filter) => attach(fd, SOL_SOCKET, SO_ATTACH_FILTER, { length: filter.length / INSTRUCTION_BYTES, filter }, FILTER_PROGRAM_BYTES),
      setsockopt: library.func('int setsockopt(int, int, int, void *, uint32_t)'),
      send: library.func('intptr_t send(int, void *, size_t, int)'),
      sendto: library.func('intptr_t sendto(int, void *, size_t, int, void *, uint32_t)'),
      recv: library.func('intptr_t recv(int, void *, size_t, int)'),
      close: library.func('int close(int)'),
      errno: () => koffi.errno(),
      watch(fd, ready) {
        const handle = koffi.node.poll(fd, { readable: true }, ready);
        return () => {
          handle.stop();
          handle.close();
        };
      },
    };
  } catch (error) {
    throw new NetlinkError('load', 'koffi', { reason: error instanceof Error ? error.message : String(error) });
  }
}

const { EINTR } = constants.errno;

/** Calls until no signal interrupts; throws what the system says. Gives what the call gave. */
export function call(libc: Libc, operation: string, object: string, run: () => number): number {
  for (;;) {
    const result = run();
    if (result >= 0) return result;
    const number = libc.errno();
    if (number !== EINTR) throw new NetlinkError(operation, object, { errno: errnoName(number) });
  }
}
