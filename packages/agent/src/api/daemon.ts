// What the procedures ask of the daemon behind them.
import type { ConnectionList, Drain, Followed, Override, Recent } from '@weir/model';
import type {
  ActualReading, ApplyInput, ApplyOutput, ApplyStatus, ConfirmAnswer, ConfirmInput, ConnectionsInput, DirectorState, EnrolInput, EvidenceInput, FollowInput, HealthEvidence, Hello, Inspection, JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput, KeyHash, PlanInput, PlanOutput, RecentInput, Released, ReleaseInput, StreamEvent, Zeroed, ZeroInput,
} from '@weir/protocol';

/** An event and the id under which a client that comes back names it. */
export interface NamedEvent {
  readonly id: string;
  readonly event: StreamEvent;
}

export interface Daemon {
  enrol(input: EnrolInput, panelKey: KeyHash): Promise<Hello>;
  hello(): Promise<Hello>;
  /** Unbinds the panel, which has taken off all that it made here. */
  release(input: ReleaseInput): Promise<Released>;
  state(): Promise<DirectorState>;
  actual(): Promise<ActualReading>;
  plan(input: PlanInput): Promise<PlanOutput>;
  apply(input: ApplyInput): Promise<ApplyOutput>;
  applyStatus(applyId: string): Promise<ApplyStatus>;
  confirm(input: ConfirmInput): Promise<ConfirmAnswer>;
  /** Comes back when going back was tried once. */
  goBack(input: ConfirmInput): Promise<ConfirmAnswer>;
  setOverride(override: Override): Promise<DirectorState>;
  endOverride(overrideId: string): Promise<DirectorState>;
  /** Comes back when it is on the disk, and the forwarder was told. */
  startDrain(drain: Drain): Promise<DirectorState>;
  /** Gives the weights back. */
  endDrain(drainId: string): Promise<DirectorState>;
  connections(input: ConnectionsInput): Promise<ConnectionList>;
  /** What a client has here, and where a new connection of it would go. */
  follow(input: FollowInput): Promise<Followed>;
  /** What is here beside what Weir makes. */
  inspect(): Promise<Inspection>;
  /** Why a real server stands as it does. */
  evidence(place: EvidenceInput): Promise<HealthEvidence>;
  zero(input: ZeroInput): Promise<Zeroed>;
  /** Intervals of history that the panel has not committed yet. */
  journal(input: JournalInput): Promise<JournalAnswer>;
  journalCommitted(input: JournalCommittedInput): Promise<JournalCommitted>;
  recent(input: RecentInput): Promise<Recent>;
  /** Ends when the signal does. */
  events(signal: AbortSignal): AsyncIterable<NamedEvent>;
}
