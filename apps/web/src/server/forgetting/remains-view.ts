// What stays on a host whose agent is not there to take it off, as people see it.
import type { DriverKind, EndpointKey, ServiceKey } from '@weir/model';
import type { LinkState } from '../gateway/director-view.ts';

/** `accepted`: the director said that it holds it. `ordered`: it was sent, and the director has not said what became of that. */
export type HeldHow = 'accepted' | 'ordered';

export interface HeldRevision {
  readonly clusterId: string;
  /** Null: a cluster that this panel does not know. */
  readonly cluster: string | null;
  readonly revision: number;
  readonly how: HeldHow;
  /** Whether this panel has that revision, and so knows what is in it. */
  readonly known: boolean;
}

export interface StayingService {
  readonly key: ServiceKey;
  readonly clusterId: string;
  readonly cluster: string;
  readonly how: HeldHow;
  readonly realServers: readonly { readonly key: EndpointKey; readonly weight: number }[];
  /** Takes it out of the host's kernel; null where no kernel forwards it. */
  readonly command: string | null;
}

/** A VIP that Weir put on the host, and that its kernel goes on answering for. */
export interface StayingVip {
  readonly address: string;
  /** Null: the director was to hold it, and has not said whether it does. */
  readonly interface: string | null;
  /** Of the cluster that wanted it there; null where none of those known has it. */
  readonly clusterId: string | null;
  readonly command: string;
}

/** Forwarded when it was last measured, and in none of the revisions that the director may hold: perhaps not made by Weir. */
export interface MeasuredService {
  readonly key: ServiceKey;
  readonly realServers: number;
}

export interface DirectorRemains {
  readonly directorId: string;
  readonly name: string;
  readonly address: string;
  /** Null: not heard since the panel's start. */
  readonly driver: DriverKind | null;
  readonly lastSeenAt: number | null;
  readonly measuredAt: number | null;
  readonly held: readonly HeldRevision[];
  readonly services: readonly StayingService[];
  /** As the director last said in this panel's life; of what it has not spoken of since, what it may have. */
  readonly vips: readonly StayingVip[];
  readonly others: readonly MeasuredService[];
  /** Whether all that is listed ends with the agent's process. */
  readonly endsWithAgent: boolean;
  /** The clusters, by name, whose wanted revision names the director. */
  readonly namedBy: readonly { readonly clusterId: string; readonly cluster: string }[];
}

/** A director that may hold a cluster, also one that was not heard since the panel's start. */
export interface ClusterHolder {
  readonly directorId: string;
  readonly name: string;
  /** Null: it was forgotten while it held the cluster, and nobody has heard of its host since. */
  readonly link: LinkState | null;
}

/** A cluster's part of that, director by director. */
export interface ClusterRemains {
  readonly clusterId: string;
  readonly name: string;
  readonly directors: readonly (DirectorRemains & {
    /** Other clusters there, which the end of the agent would end too. */
    readonly alsoThere: readonly string[];
  })[];
}
