// A client of a virtual service over plain sockets, and the sample real servers' own counts: the witnesses of the journeys.
import { request } from 'node:http';
import { connectLab, formatEndpoint } from '@weir/lab';
import { running } from './running.ts';

/** One HTTP request over a connection of its own; gives the body. */
export function get(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ host, port, agent: false, timeout: 5_000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => { body += text; }).once('end', () => resolve(body));
    });
    call.once('timeout', () => call.destroy(new Error('no answer in 5 s'))).once('error', reject).end();
  });
}

/** Connections that each HTTP sample real server has accepted, by its address. */
export async function served(): Promise<Map<string, bigint>> {
  const servers = await connectLab(running().labSocket).servers();
  return new Map(servers.filter(({ protocol }) => protocol === 'http').map(({ endpoint, counts }) => (
    [formatEndpoint(endpoint), counts.connections ?? 0n])));
}
