// Runs in the guest on a real server: the lab's sample servers, which say who they are.
import type { Endpoint } from '../../address.ts';
import { startHttpServer } from '../../http-server.ts';
import type { SampleServer, ServerCounts } from '../../sample-server.ts';
import { startTcpEchoServer } from '../../tcp-echo-server.ts';
import { startUdpEchoServer } from '../../udp-echo-server.ts';

const start = { http: startHttpServer, 'tcp-echo': startTcpEchoServer, 'udp-echo': startUdpEchoServer };
const running: SampleServer[] = [];

export interface ServeOrder extends Endpoint {
  readonly protocol: SampleServer['protocol'];
  /** How it names itself. */
  readonly name: string;
}

export async function serve({ protocol, name, ...endpoint }: ServeOrder): Promise<void> {
  running.push(await start[protocol](endpoint, name));
}

export type ServedCounts = ServerCounts & Endpoint & Pick<SampleServer, 'protocol'>;

export function counts(): ServedCounts[] {
  return running.map((server) => ({ ...server.endpoint, protocol: server.protocol, ...server.counts() }));
}

/** Ends what listens on a port, as if the program had died. */
export async function stop(port: number): Promise<void> {
  const ending = running.filter((server) => server.endpoint.port === port);
  for (const server of ending) running.splice(running.indexOf(server), 1);
  await Promise.all(ending.map((server) => server.stop()));
}
