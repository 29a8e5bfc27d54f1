// The conditions for being ready: each asks the program itself, once, with a deadline.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { connectLab } from '@weir/lab';

const deadlineMs = 2000;

/** The agent speaks TLS. */
export function agentAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    // Only whether it answers: who it is, the panel checks by its key.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: deadlineMs });
    const answer = (ready: boolean) => () => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('secureConnect', answer(true)).once('error', answer(false)).once('timeout', answer(false)).once('close', answer(false));
  });
}

/** The sample real servers answer for their counts. */
export async function labAnswers(socketPath: string): Promise<boolean> {
  return (await connectLab(socketPath, deadlineMs).servers()).length > 0;
}

/** The panel says that it is healthy: database open, migrations done, lock held. */
export function panelAnswers(host: string, port: number, tls: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host, port, path: '/api/health', agent: false, rejectUnauthorized: false, signal: AbortSignal.timeout(deadlineMs) };
    const call = (tls ? httpsRequest : httpRequest)(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.once('error', () => resolve(false));
    call.end();
  });
}
