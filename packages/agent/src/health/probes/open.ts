// All types of probe behind one interface, and what of them this director can do.
import type { Probe, ProbeType } from '@weir/model';
import { notTried } from './attempt/attempt.ts';
import { failureOf } from './attempt/failure-of.ts';
import { probeAgent } from './types/agent.ts';
import { probeDns } from './types/dns.ts';
import { probeExchange } from './types/exchange.ts';
import { probeHttp } from './types/http.ts';
import { icmpRefusal, probeIcmp } from './types/icmp.ts';
import { PathProber } from './types/path.ts';
import type { Answer, Probes, ProbeTarget } from './probes.ts';
import { Scripts } from './types/script.ts';
import { Trust } from './stream/trust.ts';
import { probeTcp } from './types/tcp.ts';
import { probeTls } from './types/tls.ts';

export interface ProbesOptions {
  /** Where scripts of this director are. */
  readonly checksFolder: string;
  /** Where certificates that the agent presents are. */
  readonly certificatesFolder: string;
  /** Files that hold the certificate authorities that this host trusts: the first that is there counts. */
  readonly authorities?: readonly string[];
}

/** Works everywhere: a socket is all it takes. */
const EVERYWHERE: readonly ProbeType[] = ['tcp', 'http', 'tls', 'exchange', 'dns', 'agent'];

interface Parts {
  readonly trust: Trust;
  readonly scripts: Scripts;
  /** Why it cannot be; null: it can. */
  readonly icmp: string | null;
  readonly path: PathProber | string;
}

function ask(probe: Probe, target: ProbeTarget, timeoutMs: number, { trust, scripts, icmp, path }: Parts): Promise<Answer> {
  switch (probe.type) {
    case 'tcp': return probeTcp(target, timeoutMs);
    case 'http': return probeHttp(probe, target, timeoutMs, trust);
    case 'tls': return probeTls(probe, target, timeoutMs, trust);
    case 'exchange': return probeExchange(probe, target, timeoutMs);
    case 'dns': return probeDns(probe, target, timeoutMs);
    case 'agent': return probeAgent(probe, target, timeoutMs);
    case 'icmp': return icmp === null ? probeIcmp(target, timeoutMs) : notTried({ failure: 'unsupported', detail: icmp });
    case 'script': return scripts.run(probe, target, timeoutMs);
    case 'path': return typeof path === 'string' ? notTried({ failure: 'unsupported', detail: path }) : path.run(target, timeoutMs);
  }
}

function openPath(): Promise<PathProber | string> {
  return PathProber.open().catch((error: unknown) => `this agent may not see packets: ${error instanceof Error ? error.message : String(error)}`);
}

export async function openProbes({ checksFolder, certificatesFolder, authorities }: ProbesOptions): Promise<Probes> {
  const [icmp, path] = await Promise.all([icmpRefusal(), openPath()]);
  const parts: Parts = { trust: new Trust(certificatesFolder, authorities), scripts: new Scripts(checksFolder), icmp, path };
  const supported: readonly ProbeType[] = [
    ...EVERYWHERE, ...(icmp === null ? ['icmp' as const] : []), ...(parts.scripts.isSupported ? ['script' as const] : []),
    ...(typeof path === 'string' ? [] : ['path' as const]),
  ];
  return {
    supported,
    async run(probe, target, timeoutMs) {
      try {
        return await ask(probe, target, timeoutMs, parts);
      } catch (error) {
        return notTried(failureOf(error));
      }
    },
    scripts: () => parts.scripts.list(),
    async close() {
      if (typeof path !== 'string') path.close();
    },
  };
}
