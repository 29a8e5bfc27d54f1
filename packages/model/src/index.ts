// The domain of Weir: what a cluster is, what may be wrong with it, and how it comes to be forwarded. Pure; runs in a browser too.
export { canonicalAddress, Family, familyOf, formatEndpoint, IpAddress, Port } from './address.ts';
export { Capabilities, DriverKind, unsupported } from './capabilities.ts';
export { claimsOf, type Claim } from './claim.ts';
export { Connection, ConnectionList } from './connection.ts';
export { Cost, costOf, costsOf, Fate } from './cost.ts';
export {
  ByteKind, counterNames, ratesBetween, Unseen,
  type Counter, type CounterName, type Counters, type Rate, type Rates, type Reading,
} from './counters.ts';
export {
  ClusterDefinition, ClusterDirector, DEFINITION_SCHEMA, Persistence, Protocol, RealServer, ServiceMatch, Thresholds, Vip, VirtualService,
  vipsOf, Weight,
} from './definition.ts';
export { effective, type Accepted, type Effective, type EffectiveInput, type EffectiveRealServer, type EffectiveService } from './effective.ts';
export { Finding, Severity } from './finding.ts';
export { ForwardingMethod, replyBypassesDirector, RuleMethod, Tunnel, type MethodKind } from './forwarding.ts';
export { ipvsadmCommand } from './ipvsadm.ts';
export { hasErrors, lint, rules } from './lint/lint.ts';
export { endpointOf, Operation, Operations, type OperationKind } from './operation.ts';
export { ApplyOutcome, Fault, FaultCode, OnFailure, OperationResult, Step, Steps } from './outcome.ts';
export { deciding, nextChangeMs, Override, OverrideCause } from './override.ts';
export { plan, planDigest } from './plan.ts';
export { canonicalText, digest, same } from './same.ts';
export type { RealServerSample, Sample, ServiceSample } from './sample.ts';
export { Scheduler, SchedulerName, usesWeights } from './scheduler.ts';
export {
  ActualRealServer, ActualService, ActualTable, addressOf, ConnectionCounts, Endpoint, endpointKey, familyOfService, RealServerRule, RealServerSettings,
  ServiceAddress, serviceKey, ServiceRule, ServiceSettings, type EndpointKey, type ForwardingTable, type ServiceKey,
} from './table.ts';
export { Id, line, Name, Reason } from './text.ts';
export { tutorialCluster } from './tutorial.ts';
