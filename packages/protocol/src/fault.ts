// Why an agent refuses a request.
import { z } from 'zod';

export const AgentFaultCode = z.enum([
  /** No panel is bound yet: only `enrol` is open. */
  'notEnrolled',
  /** The caller's key is not the one of the bound panel. */
  'wrongKey',
  /** A panel is bound already; `weir-agent enrol --reset` on the host opens enrolment again. */
  'alreadyEnrolled',
  /** No code is open, it is older than 15 minutes, or was tried 5 times: make a new one on the host. */
  'enrolmentClosed',
  'wrongSecret',
  'versionMismatch',
  /** Another change is under way on this director. */
  'busy',
  'badRequest',
  /** Another accepted cluster has this service on this director. */
  'claimed',
  /** The cluster's last change waits for a person to confirm it, or is taken back. */
  'unconfirmed',
  'definitionRefused',
  /** It holds a cluster or forwards what a panel made: that is taken off first. */
  'stillHolds',
  'forwarderFailed',
  'unexpected',
]);
export type AgentFaultCode = z.infer<typeof AgentFaultCode>;

/** Travels in tRPC's error shape as `data.fault`. */
export const AgentFault = z.strictObject({
  code: AgentFaultCode,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AgentFault = z.infer<typeof AgentFault>;
