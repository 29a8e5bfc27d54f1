// A script in a unit of systemd's: asked for on a socket, as archive/weir-check reads it. The unit ends by itself at the deadline, with all that is in it.
import { connect } from 'node:net';
import type { Attempt } from '../../attempt/attempt.ts';
import { latin1 } from '../../attempt/bytes.ts';
import { Received } from '../../attempt/received.ts';

/** systemd's matter, not the real server's: it has too many units already, or the socket is not there any more. */
function notRun(attempt: Attempt, detail: string): void {
  attempt.fail({ failure: 'noResources', detail });
}

/** NUL, up to three digits, a line feed. */
const LONGEST_END = 5;

export function runInUnit(attempt: Attempt, socketPath: string, script: readonly string[], variables: Readonly<Record<string, string>>, output: Received): void {
  const socket = connect({ path: socketPath, allowHalfOpen: true });
  let end = Buffer.alloc(0);
  attempt.atEnd(() => socket.destroy());
  socket.on('error', (error) => notRun(attempt, error.message));
  socket.on('data', (chunk: Buffer) => {
    const known = Buffer.concat([end, chunk]);
    end = known.subarray(Math.max(0, known.length - LONGEST_END));
    // What may be the end is kept back, for it is not the script's.
    output.add(known.subarray(0, known.length - end.length));
  });
  socket.once('end', attempt.guard(() => {
    const found = /\0(\d{1,3})\n$/.exec(latin1(end));
    output.add(end.subarray(0, found?.index ?? end.length));
    if (found?.[1] === '0') attempt.good();
    else if (found === null) notRun(attempt, 'the unit ended before the script did');
    else attempt.fail({ failure: 'scriptFailed', detail: `exit code ${found[1] ?? ''}` });
  }));
  socket.end([...Object.entries(variables).map(([name, value]) => `${name}=${value}`), ...script].map((part) => `${part}\0`).join(''));
}
