// What panel and agent say to each other: schemas of every input and output. Pure.
export { answersOf, type Answers } from './answers/answers.ts';
export {
  ApplyInput, ApplyOutput, ApplyReport, ApplyStatus, ApplyStatusInput, PlanDigest, PlanOutput,
} from './change.ts';
export {
  CONFIRM_WITHIN_MAX_MS, CONFIRM_WITHIN_MIN_MS, ConfirmAnswer, Confirmation, ConfirmInput, ConfirmWithinMs, UnconfirmedChange, WENT_BACK_SHOWN_MAX, WentBack,
} from './confirm.ts';
export { ConnectionsInput } from './connections.ts';
export { definitionFor, isDigestOf, namesHealth } from './answers/definition-words.ts';
export {
  AcceptedRevision, ActualReading, DirectorState, DRIFT_SHOWN_MAX, EndOverrideInput, EnrolInput, Findings, Hello, HOST_SHOWN_MAX, HostState, OverrideInput, PlanInput,
} from './director.ts';
export { DrainInput, EndDrainInput } from './drain.ts';
export {
  AgentAddress, EnrolmentCode, EnrolmentSecret, formatEnrolmentCode, KeyHash, parseEnrolmentCode,
} from './trust/enrolment-code.ts';
export { FollowInput } from './follow.ts';
export { AgentFault, AgentFaultCode } from './fault.ts';
export {
  CheckerState, EvidenceInput, HEALTH_CHANGES_KEPT, HEALTH_SERVICES_MAX, HealthAbilities, HealthChange, HealthChangesEvent, HealthEvent, HealthEvidence, RealServerStanding,
  ServiceStanding, TRIES_SHOWN_MAX,
} from './health.ts';
export {
  decodeInterval, encodeInterval, encodeServiceInterval, INTERVALS_MAX, JournalAnswer, JournalCommitted, JournalCommittedInput, JournalInput, ServiceIntervalTuple, WireInterval,
} from './history/journal.ts';
export { decodeRecent, encodeRecent, MOMENTS_MAX, RECENT_CELLS_MAX, RecentAnswer, RecentInput } from './history/recent.ts';
export { Inspection, Zeroed, ZeroInput } from './inspect.ts';
export { Released, ReleaseInput } from './trust/release.ts';
export { CountersTuple, decodeCounters, decodeTick, encodeCounters, encodeTick, KeyText, StreamEvent, Tick } from './tick.ts';
export { packTick, type PackedTick } from './packed/pack-tick.ts';
export { PackedSample } from './packed/packed-sample.ts';
export { readTick } from './packed/read-tick.ts';
export { OLDEST_AGENT_VERSION, PROTOCOL_VERSION, since } from './version.ts';
