// A client whose kernel answers as it is told.
import { Connection } from '@weir/netlink';
import { acknowledgement, done, reply, ScriptedTransport } from '@weir/netlink/testing';
import { IpvsClient } from '../client.ts';

export const FAMILY_ID = 32;

export interface ScriptedClient {
  readonly client: IpvsClient;
  readonly transport: ScriptedTransport;
}

/** Answers each request with these messages, and then that it is done or refused. */
export function scriptedClient(bodies: readonly Uint8Array[] = [], errno = 0): ScriptedClient {
  const transport = new ScriptedTransport(({ sequence, flags }) => {
    const isDump = (flags & 0x300) === 0x300;
    return [...bodies.map((body) => reply(FAMILY_ID, sequence, body)), isDump ? done(sequence, errno) : acknowledgement(sequence, errno)];
  });
  return { transport, client: new IpvsClient(new Connection(() => transport), FAMILY_ID) };
}
