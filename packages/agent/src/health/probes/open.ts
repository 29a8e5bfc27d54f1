// All types of probe behind one interface, and what of them this director can do.
import type { Probe, ProbeType } from '@weir/model';
import { notTried } from './attempt/attempt.ts';
import { failureOf } from './attempt/failure-of.ts';
import { probeAgent } from './agent.ts';
import { probeDns } from './dns.ts';
import { probeExchange } from './exchange.ts';
import { probeHttp } from './http.ts';
import type { Answer, Probes, ProbeTarget } from './probes.ts';
import { Trust } from './stream/trust.ts';
import { probeTcp } from './tcp.ts';
import { probeTls } from './tls.ts';

export interface ProbesOptions {
  /** Where scripts of this director are. */
  readonly checksFolder: string;
  /** Where certificates that the agent presents are. */
  readonly certificatesFolder: string;
  /** Files that hold the certificate authorities that this host trusts: the first that is there counts. */
  readonly authorities?: readonly string[];
}

/** Works everywhere: a socket is all it takes. */
function ask(probe: Probe, target: ProbeTarget, timeoutMs: number, trust: Trust): Promise<Answer> {
  switch (probe.type) {
    case 'tcp': return probeTcp(target, timeoutMs);
    case 'http': return probeHttp(probe, target, timeoutMs, trust);
    case 'tls': return probeTls(probe, target, timeoutMs, trust);
    case 'exchange': return probeExchange(probe, target, timeoutMs);
    case 'dns': return probeDns(probe, target, timeoutMs);
    case 'agent': return probeAgent(probe, target, timeoutMs);
    case 'icmp': case 'script': case 'path': return notTried({ failure: 'unsupported' });
  }
}

const EVERYWHERE: readonly ProbeType[] = ['tcp', 'http', 'tls', 'exchange', 'dns', 'agent'];

export async function openProbes({ certificatesFolder, authorities }: ProbesOptions): Promise<Probes> {
  const trust = new Trust(certificatesFolder, authorities);
  return {
    supported: EVERYWHERE,
    async run(probe, target, timeoutMs) {
      try {
        return await ask(probe, target, timeoutMs, trust);
      } catch (error) {
        return notTried(failureOf(error));
      }
    },
    scripts: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}
