// What the real server says of itself: HAProxy's agent-check, over plain TCP or as the text that a path is answered with.
import type { ProbeOf } from '@weir/model';
import { Attempt } from '../attempt/attempt.ts';
import { shown, textOf } from '../attempt/bytes.ts';
import { Received } from '../attempt/received.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { connected } from '../stream/connect.ts';
import { askHttp } from '../stream/http-request.ts';

/** HAProxy reads no longer line either. */
const LONGEST_LINE = 1_024;
const EXPECTED = 'up, ready, 0%–100%, drain, maint, down, fail, failed, stopped';
const UP: ReadonlySet<string> = new Set(['up', 'ready']);
const DOWN: ReadonlySet<string> = new Set(['down', 'fail', 'failed', 'stopped']);
/** No new clients; those it has may stay. */
const EMPTYING: ReadonlySet<string> = new Set(['drain', 'maint']);

/** Words that it has none for are stepped over, as HAProxy does: a newer server says more. What follows # is for people. */
export function judgeWords(attempt: Attempt, line: string): void {
  const [said = '', ...remark] = line.split('#');
  const words = said.toLowerCase().split(/[\s,]+/).filter((word) => word !== '');
  const down = words.find((word) => DOWN.has(word));
  if (down !== undefined) return attempt.fail({ failure: 'saysDown', detail: remark.length === 0 ? down : `${down}: ${remark.join('#').trim()}` });
  if (words.some((word) => EMPTYING.has(word))) return attempt.good(0);
  const percents = words.flatMap((word) => /^(\d{1,4})%$/.exec(word)?.[1] ?? []).map(Number);
  const percent = percents.at(-1);
  if (percent !== undefined) attempt.good(Math.min(percent, 100));
  else if (words.some((word) => UP.has(word))) attempt.good();
  else attempt.fail({ failure: 'badAnswer' });
}

function overTcp(attempt: Attempt, target: ProbeTarget): void {
  const received = new Received();
  attempt.received = () => (received.length === 0 ? null : shown(received.bytes));
  const judge = (end: number): void => judgeWords(attempt, textOf(received.bytes.subarray(0, end)));
  const socket = connected(attempt, target, () => undefined);
  socket.on('data', attempt.guard((chunk: Buffer) => {
    received.add(chunk);
    const lineEnd = received.bytes.indexOf('\n');
    const end = lineEnd === -1 ? received.length : lineEnd;
    if (end > LONGEST_LINE) attempt.fail({ failure: 'tooMuchReceived' });
    else if (lineEnd !== -1) judge(end);
  }));
  socket.once('end', attempt.guard(() => (received.length === 0 ? attempt.fail({ failure: 'closed' }) : judge(received.length))));
}

function overHttp(attempt: Attempt, path: string, target: ProbeTarget): void {
  askHttp(attempt, target, { method: 'GET', path, host: null, headers: [], tls: null }, ({ status, body }) => {
    if (status < 200 || status > 299) return attempt.fail({ failure: 'wrongStatus', detail: String(status) });
    const [line = ''] = textOf(body.bytes).trimStart().split('\n', 1);
    if (line.length > LONGEST_LINE) attempt.fail({ failure: 'tooMuchReceived' });
    else judgeWords(attempt, line);
  });
}

export function probeAgent({ path }: ProbeOf<'agent'>, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const attempt = new Attempt(timeoutMs);
  attempt.expected = EXPECTED;
  if (path === null) overTcp(attempt, target);
  else overHttp(attempt, path, target);
  return attempt.answer;
}
