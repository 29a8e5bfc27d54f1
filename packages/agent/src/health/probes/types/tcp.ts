// A connection is taken.
import { Attempt } from '../attempt/attempt.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { connected } from '../stream/connect.ts';

export function probeTcp(target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const attempt = new Attempt(timeoutMs);
  connected(attempt, target, () => attempt.good());
  return attempt.answer;
}
