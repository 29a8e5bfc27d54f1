// What the agent asks real servers with: one interface for all types of probe.
import type { IpAddress, Probe, ProbeType, RuleMethod, Try } from '@weir/model';

/** What a probe is sent to. */
export interface ProbeTarget {
  readonly rip: IpAddress;
  readonly port: number;
  /** Null: whichever the routes choose. */
  readonly source: IpAddress | null;
  /** What a probe of the path needs to know of the service; null for a probe that only asks the real server. */
  readonly path: ProbePath | null;
}

/** The way that forwarded packets take: from the DIP, to the VIP, by this method. */
export interface ProbePath {
  readonly vip: IpAddress;
  readonly vport: number;
  readonly dip: IpAddress;
  readonly method: RuleMethod;
}

/** What came of a try; who asks knows the check and keeps the time. */
export type Answer = Omit<Try, 'checkId' | 'startedAtMs' | 'tookMs'>;

/** A script of this director, as its folder has it. */
export interface FoundScript {
  readonly file: string;
  /** Why it is not run: not root's, or others may write it. Null: it is. */
  readonly refusedBecause: 'notRoot' | 'writable' | 'notExecutable' | 'notAFile' | null;
}

export interface Probes {
  /** What this director can do, as asked at its start. */
  readonly supported: readonly ProbeType[];
  /** Always answers, within the deadline and a moment; what it opened is closed by then. Never throws for what a real server did. */
  run(probe: Probe, target: ProbeTarget, timeoutMs: number): Promise<Answer>;
  scripts(): Promise<readonly FoundScript[]>;
  close(): Promise<void>;
}
