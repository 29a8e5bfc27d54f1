// The panel's one error: a code and parameters that the interface translates. tRPC and HTTP turn it into an answer at their edge.
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';

/** Every code that can reach a browser, with the kind of answer it makes. `errors.<code>` is its text. */
export const errorKinds = {
  badInput: 'BAD_REQUEST',
  tooLarge: 'PAYLOAD_TOO_LARGE',
  foreignOrigin: 'FORBIDDEN',
  noSuchRoute: 'NOT_FOUND',
  unexpected: 'INTERNAL_SERVER_ERROR',

  signInNeeded: 'UNAUTHORIZED',
  signInRefused: 'UNAUTHORIZED',
  tooManyAttempts: 'TOO_MANY_REQUESTS',
  tooManyRequests: 'TOO_MANY_REQUESTS',
  roleTooSmall: 'FORBIDDEN',
  limitedToClusters: 'FORBIDDEN',
  clusterNotYours: 'FORBIDDEN',

  setupLinkInvalid: 'FORBIDDEN',
  emailTaken: 'CONFLICT',
  lastAdmin: 'CONFLICT',
  noSuchPerson: 'NOT_FOUND',
  notAnOperator: 'CONFLICT',
  noSuchSession: 'NOT_FOUND',

  directorSilent: 'SERVICE_UNAVAILABLE',
  directorKeyMismatch: 'CONFLICT',
  directorVersion: 'CONFLICT',
  agentTooOld: 'CONFLICT',
  directorRefused: 'CONFLICT',
  directorAnswer: 'INTERNAL_SERVER_ERROR',
  noSuchDirector: 'NOT_FOUND',
  notACode: 'BAD_REQUEST',
  enrolmentClosed: 'CONFLICT',
  enrolmentSecretWrong: 'CONFLICT',
  alreadyEnrolled: 'CONFLICT',
  directorNameTaken: 'CONFLICT',
  directorAddressTaken: 'CONFLICT',
  directorAnswers: 'CONFLICT',
  directorNamed: 'CONFLICT',
  directorHolds: 'CONFLICT',
  directorDrifts: 'CONFLICT',
  stillAnswers: 'CONFLICT',
  nameDiffers: 'BAD_REQUEST',

  noSuchCluster: 'NOT_FOUND',
  clusterRetired: 'CONFLICT',
  clusterWanted: 'CONFLICT',
  clusterHeld: 'CONFLICT',
  noSuchRevision: 'NOT_FOUND',
  staleRevision: 'CONFLICT',
  lintErrors: 'BAD_REQUEST',
  claimed: 'CONFLICT',
  nameTaken: 'CONFLICT',
  revisionMovedOn: 'CONFLICT',
  alreadyDecided: 'CONFLICT',
  ownRevision: 'FORBIDDEN',
  tutorialNotOffered: 'CONFLICT',
  draftElsewhere: 'CONFLICT',
  draftOver: 'CONFLICT',

  planChanged: 'CONFLICT',
  notApproved: 'CONFLICT',
  applyRunning: 'CONFLICT',
  applyInterrupted: 'SERVICE_UNAVAILABLE',
  stoppedAfterFailure: 'CONFLICT',
  orderNotKnown: 'CONFLICT',
  applyNotWritten: 'INTERNAL_SERVER_ERROR',
  directorNotConcerned: 'BAD_REQUEST',
  vipKept: 'CONFLICT',
  vipHolderSilent: 'CONFLICT',
  aboveLimit: 'CONFLICT',
  noSuchApply: 'NOT_FOUND',
  changeUnconfirmed: 'CONFLICT',
  confirmTimeOver: 'CONFLICT',
  stoppedByPerson: 'CONFLICT',
  answeredAlready: 'CONFLICT',
  nothingToConfirm: 'CONFLICT',
  nothingToGoBackTo: 'CONFLICT',
  notHeld: 'CONFLICT',
  heldTooLong: 'CONFLICT',
  heldInterrupted: 'SERVICE_UNAVAILABLE',

  noSuchDrift: 'NOT_FOUND',
  driftEndNotBetween: 'BAD_REQUEST',
  adoptBehind: 'CONFLICT',
  nothingToAdopt: 'CONFLICT',
  foreignGone: 'CONFLICT',

  nothingAccepted: 'CONFLICT',
  noSuchRealServer: 'NOT_FOUND',
  tooManyRealServers: 'BAD_REQUEST',
  realServerNotThere: 'CONFLICT',
  overrideEndPast: 'BAD_REQUEST',
  overrideNotByHand: 'BAD_REQUEST',
  noSuchOverride: 'NOT_FOUND',
  weightKeptAlready: 'CONFLICT',

  drainDeadlinePast: 'BAD_REQUEST',
  drainedAlready: 'CONFLICT',
  drainLeavesNone: 'CONFLICT',
  noSuchDrain: 'NOT_FOUND',

  noSuchAlert: 'NOT_FOUND',
  alertNotOpen: 'CONFLICT',
  noSuchChannel: 'NOT_FOUND',
  channelNameTaken: 'CONFLICT',
  tooManyChannels: 'CONFLICT',

  noSuchStream: 'NOT_FOUND',
  tooManyStreams: 'TOO_MANY_REQUESTS',
  historyTooLong: 'SERVICE_UNAVAILABLE',

  labSilent: 'SERVICE_UNAVAILABLE',
  labRefused: 'CONFLICT',
} as const satisfies Record<string, TRPC_ERROR_CODE_KEY>;

export type ErrorCode = keyof typeof errorKinds;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** What a browser gets of an error. `issues` names each field that did not fit. */
export interface ErrorAnswer {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly issues?: readonly InputIssue[];
}

export interface InputIssue {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

export class PanelError extends Error {
  override readonly name = 'PanelError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(Object.keys(params).length === 0 ? code : `${code} ${JSON.stringify(params)}`, { cause });
    this.code = code;
    this.params = params;
  }
}

/** Why the panel cannot start or go on: one sentence for a person at a terminal. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
