// An ICMP echo (ping) is answered.
import { askEcho, echoRefusal } from '@weir/netlink';
import { Attempt } from '../attempt/attempt.ts';
import { failureOf } from '../attempt/failure-of.ts';
import type { Answer, ProbeTarget } from '../probes.ts';

/** Null: this process may ping; else why not. */
export async function icmpRefusal(): Promise<string | null> {
  try {
    const errno = await echoRefusal('ipv4');
    return errno === null ? null : `this agent may not ping (${errno}): it needs CAP_NET_RAW, or its group in net.ipv4.ping_group_range`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function probeIcmp({ rip, source }: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const attempt = new Attempt(timeoutMs);
  attempt.sent = 'ICMP echo request';
  attempt.expected = 'ICMP echo reply';
  const asking = askEcho({ address: rip, source }, {
    heard() {
      attempt.received = () => 'ICMP echo reply';
      attempt.good();
    },
    failed: (error) => attempt.fail(failureOf(error)),
  });
  asking.then((end) => attempt.atEnd(end), (error: unknown) => attempt.fail(failureOf(error)));
  return attempt.answer;
}
