// The domain of Weir: what a cluster is, what may be wrong with it, and how it comes to be forwarded. Pure; runs in a browser too.
export { addressBytes, canonicalAddress, Family, familyOf, formatEndpoint, IpAddress, Port } from './definition/address.ts';
export { inNetwork, IpNetwork, networkAddress, networkText, partsOfNetwork } from './definition/network.ts';
export { HealthCheck, ServiceHealth, SorryServer } from './definition/health/service-health.ts';
export { isSecretHeader, withoutSecrets, withoutSent } from './definition/health/without-secrets.ts';
export { Bytes, Expected, Probe, ProbeHeader, ProbeTls, type ProbeOf, type ProbeType } from './definition/health/probe.ts';
export { healthChanges, type HealthChange } from './change/health-changes.ts';
export { reactionTime, type ReactionTime, type Span } from './health/reaction-time.ts';
export { afterHearing, brake, noBrake, neverHeard, type Brake, type Braked, type SilentHost, type Heard, type HeardTry, type Silence } from './health/verdict/brake.ts';
export { isChanging, type CheckState, type Standing as HealthStanding } from './health/verdict/check-state.ts';
export { decide } from './health/decide/decide.ts';
export { overridesOf, type RealServerDecision, type ServiceDecision } from './health/decide/decision.ts';
export type { DecideInput } from './health/decide/input.ts';
export { slowStartMeans } from './health/decide/slow-start.ts';
export { DirectorHealth, type Tried, type Turn as HealthTurn } from './health/director-health.ts';
export type { Before } from './health/watched.ts';
export { HealthRule, RuleCode, ServiceState, ServiceStateCode } from './health/rule.ts';
export { probeTargets, type ForwardingPath, type ProbeTarget, type RealServerPlace as HealthPlace, type TargetUser } from './health/targets.ts';
export { afterTryOf, countsAsUp, dampedUntilMs, settled, startVerdict, withChecks, type Silent, type Verdict } from './health/verdict/verdict.ts';
export { sorryOf } from './effective/sorry.ts';
export { isSilent, Try, TryFailure, TryResult, wasAsked } from './health/try.ts';
export { Capabilities, DriverKind } from './table/capabilities.ts';
export { claimsOf, type Claim } from './table/claim.ts';
export {
  Connection, CONNECTION_GROUPS_MAX, CONNECTION_STATES_MAX, CONNECTIONS_MAX, ConnectionFilter, ConnectionGrouping, ConnectionGroups, ConnectionList, ConnectionProtocol, ConnectionState,
} from './live/connection.ts';
export {
  everyConnection, findConnections, isChosen, serviceTaking, sortedStates, takesEveryPort, templatePort, type ConnectionChoice, type Found, type Search,
} from './live/find-connections.ts';
export { Followed, FollowedService, FOLLOW_CANDIDATES_MAX, FOLLOW_HELD_MAX, FOLLOW_SERVICES_MAX, Next, NextCode, NextDoubt } from './live/follow.ts';
export { clientNetwork, largestGroups } from './live/groups.ts';
export { Cost, costOf, costsOf, Fate } from './change/cost/cost.ts';
export { CHANGE_LIMIT, changeSize, exceedsLimit, type ChangeLimit, type ChangeSize, type SizedPlan } from './change/cost/limit.ts';
export { adopt, adoptForeign, type AdoptInput } from './change/adopt/adopt.ts';
export { isAdoption, AdoptService } from './change/adopt/adopt-service.ts';
export { commandOf } from './change/commands/command.ts';
export { isOfProxied } from './change/commands/proxied.ts';
export { Touched, touchedBy, touchedTraffic } from './change/cost/touched.ts';
export {
  ByteKind, counterNames, ratesBetween, Unseen,
  type Counter, type CounterName, type Counters, type Rate, type Rates, type Reading,
} from './live/counters.ts';
export {
  ClusterDefinition, ClusterDirector, DEFINITION_SCHEMA, Persistence, Protocol, RealServer, ServiceMatch, Thresholds, Vip, VirtualService,
  vipsOf, Weight,
} from './definition/definition.ts';
export { directorPlan, planDigest, PlanOperation, PlanOperations, ruleOperations } from './change/director-plan.ts';
export { differences, type Difference, type ServiceItself } from './change/differences.ts';
export { effective, type Accepted, type Effective, type EffectiveInput, type EffectiveRealServer, type EffectiveService } from './effective/effective.ts';
export { Finding, Severity } from './lint/finding.ts';
export { ForwardingMethod, replyBypassesDirector, RuleMethod, Tunnel, type MethodKind } from './definition/forwarding.ts';
export { adoptions, asAdopted, foreignInTheWay } from './change/adopt/foreign.ts';
export { hostCommand, removeVipAnywhereCommand } from './host/command.ts';
export { deviationCodes, hostDeviations, unsetMarks } from './host/deviations.ts';
export {
  type ContestedVip, HostAddress, HostInterface, HostOperation, HostReading, HostSetting, InterfaceName, isHostOperation, SettingName, vipPrefixLength,
} from './host/host.ts';
export { markRule, markTable } from './host/marks.ts';
export { planHost, type HostPlan } from './host/plan-host.ts';
export { interfaceFor, wantedHost, type AcceptedHere, type WantedHost, type WantedSetting, type WantedVip } from './host/wanted-host.ts';
export { ipvsadmCommand } from './change/commands/ipvsadm.ts';
export { adviceOn, type Advice, type AdviceCode, type AdviceInput } from './kernel/advice.ts';
export { KernelSetting, KernelState, SyncDaemon } from './kernel/kernel-state.ts';
export { defaultOf, isDefending, isKnownSetting, knownSettings, sameSetting, type KnownSetting } from './kernel/known-settings.ts';
export { hasErrors, lint, mend, rules } from './lint/lint.ts';
export { healthUnsupported, healthUnsupportedCodes, type ProbeAbilities } from './lint/health-unsupported.ts';
export { unsupported } from './lint/unsupported.ts';
export { endpointOf, Operation, type OperationKind } from './change/operation.ts';
export { deniedServices, takesAway } from './change/give-and-take.ts';
export { ApplyOutcome, Fault, FaultCode, isUnanswered, notTried, OnFailure, OperationResult, Step, Steps } from './change/outcome.ts';
export { deciding, nextChangeMs, Override, OverrideCause } from './effective/override.ts';
export { plan } from './change/plan.ts';
export {
  AtDeadline, Drain, DRAIN_TARGETS_MAX, DrainEstimate, DrainEvidence, DrainId, drainOverrides, DrainPhase, DRAINS_MAX, DrainState, isLate, isOpen, isOverrideOf, overrideIdsOf, type DrainTarget,
} from './drain/drain.ts';
export { drainEffects, type DrainEffects } from './drain/effects.ts';
export { drainEstimate } from './drain/estimate.ts';
export { leftWithNone, type LeftWithNone } from './drain/left-with-none.ts';
export { evidenceOf, noTrack, readingsOf, trackNext, type DrainPlace, type DrainReading, type DrainTrack } from './drain/progress.ts';
export { canonicalText, digest } from './json/canonical-text.ts';
export { keepSame } from './json/keep-same.ts';
export { same } from './json/same.ts';
export { addDirector, addRealServer, addService, connectHost, moveRealServers, type RealServerFields, type ServiceFields } from './draft/add.ts';
export { realServerCalled, serviceCalled } from './draft/called.ts';
export { changeDirector, changeRealServers, changeService, editBetween, holdVip } from './draft/change.ts';
export { clipText, paste, readClip, type Clip } from './draft/clip.ts';
export { DraftDefinition, DraftValues } from './draft/values/draft-values.ts';
export { duplicate } from './draft/duplicate.ts';
export { editCodes, type Edit, type EditCode, type EditName, type NewId, type ObjectRef, type RealServerRef } from './draft/edit.ts';
export { HISTORY_STEPS_MAX, historyOf, redo, undo, withStep, type History, type HistoryStep } from './draft/history.ts';
export { merge, type Choices, type Meeting, type Merge, type Merged, type Side, type Standing } from './draft/merge/merge.ts';
export { removeObjects, vipsWithout } from './draft/remove.ts';
export { FOREIGN_SHOWN_MAX, ForeignRule, ForeignRules, foreignRules, foreignServiceText } from './table/foreign-rules.ts';
export { noRefusals, RefusalReason, type Refusals } from './live/refusals.ts';
export type { RealServerSample, Sample, ServiceSample } from './live/sample.ts';
export { alertKey, alertStep, type AlertLook, type AlertPlace, type AlertStep, type OpenAlert } from './alerts/alert-state.ts';
export { AlertRuleKind } from './alerts/rule-kind.ts';
export { isQuiet, QuietHours, quietUntil } from './alerts/quiet-hours.ts';
export { intervalMs, type Carried, type Growth, type Interval, type RealServerCarried, type ServiceCarried } from './history/interval.ts';
export { goesOn } from './history/growth.ts';
export { IntervalMaker, type Closed, type MakerOptions, type Shown } from './history/interval-maker.ts';
export { labelsOf, type LabelledCluster, type Labels, type ServiceLabel } from './history/labels.ts';
export { LIVED_MAX, type Lived } from './history/lived-time.ts';
export { recentMs, type Moment, type Recent, type RecentLine } from './history/recent.ts';
export { Scheduler, SchedulerName, usesWeights } from './definition/scheduler.ts';
export {
  ActualRealServer, ActualService, ActualTable, addressOf, BeyondWords, ConnectionCounts, Endpoint, endpointKey, familyOfService, OtherRule, realServerKey,
  RealServerRule, RealServerSettings,
  ServiceAddress, serviceKey, ServiceRule, ServiceSettings, type EndpointKey, type ForwardingTable, type PresentTable, type ServiceKey,
} from './table/table.ts';
export type { ConfigFile, PersistentConfig } from './real-server/config-file.ts';
export { ifcfgConfig } from './real-server/ifcfg.ts';
export { needsNothing, realServerHosts, realServerNeeds, type HostedRealServer, type NeedGap, type RealServerNeeds } from './real-server/needs.ts';
export { networkdConfig } from './real-server/networkd.ts';
export { realServerScript, scriptFileName, type ScriptInput } from './real-server/script.ts';
export type {
  ClientPlace, Hop, Outer, Packet, RealServerPlace, Room, Socket, Station, Walk, WalkClient, WalkFault, WalkFaultCode, WalkInput,
} from './walk/packet.ts';
export { likelyPlace, targetsOf } from './walk/target.ts';
export { walk } from './walk/walk.ts';
export { Id, line, Name, Reason } from './definition/text.ts';
export { labTutorialCluster, tutorialCluster } from './definition/tutorial.ts';
