// Turns whatever goes wrong between panel and agent into the panel's errors: silent, another key, another version, a refusal, or an answer that makes no sense.
import { TRPCClientError } from '@trpc/client';
import { AgentFault, OLDEST_AGENT_VERSION, PROTOCOL_VERSION } from '@weir/protocol';
import { z, ZodError } from 'zod';
import { PanelError } from '../../errors.ts';
import { KeyMismatch } from './pinned-fetch.ts';

const detailMax = 200;
const causesMax = 8;

/** `director` is its name, or its address while it has none. */
export function agentFailure(director: string, error: unknown): PanelError {
  if (error instanceof PanelError) return error;
  const chain = causesOf(error);
  if (chain.some((cause) => cause instanceof KeyMismatch)) return new PanelError('directorKeyMismatch', { director }, error);
  const fault = chain.map(faultIn).find((found) => found !== null);
  if (fault !== undefined) return refusal(director, fault, error);
  const garbage = chain.map(garbageIn).find((found) => found !== null);
  if (garbage !== undefined) return new PanelError('directorAnswer', { director, what: shown(garbage) }, error);
  return new PanelError('directorSilent', { director, why: shown(reasonOf(chain)) }, error);
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let cause = error; cause !== undefined && cause !== null && chain.length < causesMax;) {
    chain.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return chain;
}

/** The failure that an agent's stream names in its own error event. */
export function faultFailure(director: string, text: unknown): PanelError {
  try {
    const { data } = z.object({ data: ErrorData }).parse(JSON.parse(String(text)));
    return refusal(director, data.fault, null);
  } catch (error) {
    return agentFailure(director, error);
  }
}

const ErrorData = z.object({ fault: AgentFault });

function faultIn(cause: unknown): AgentFault | null {
  if (!(cause instanceof TRPCClientError)) return null;
  const parsed = ErrorData.safeParse(cause.data);
  return parsed.success ? parsed.data.fault : null;
}

function refusal(director: string, { code, params }: AgentFault, error: unknown): PanelError {
  if (code === 'versionMismatch') return otherVersion(director, params['agent'] ?? '?', error);
  const detail = Object.entries(params).map(([name, value]) => `${name}: ${value}`).join(', ');
  return new PanelError('directorRefused', { director, fault: code, detail: shown(detail) }, error);
}

/** The agent speaks a version that this panel does not, and which of the two has to be updated. */
export function otherVersion(director: string, version: number | string, cause?: unknown): PanelError {
  const agent = typeof version === 'number' ? version : shown(version);
  const update = typeof agent === 'string' ? 'older' : agent < PROTOCOL_VERSION ? 'agent' : 'panel';
  return new PanelError('directorVersion', { director, agent, panel: PROTOCOL_VERSION, oldest: OLDEST_AGENT_VERSION, update }, cause);
}

/** The version that an agent said it speaks, when it refused another. */
export function otherVersionIn(error: unknown): number | null {
  const version = error instanceof PanelError && error.code === 'directorVersion' ? error.params['agent'] : null;
  return typeof version === 'number' ? version : null;
}

/** An agent's words as people and the database can take them: short, without control characters or half of a surrogate pair. */
function shown(text: string): string {
  return text.slice(0, detailMax).replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
}

function garbageIn(cause: unknown): string | null {
  if (cause instanceof ZodError) {
    const [issue] = cause.issues;
    return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`;
  }
  if (cause instanceof SyntaxError) return 'not JSON';
  // tRPC's own word for an answer that has not its shape.
  if (cause instanceof TRPCClientError && /transform response/i.test(cause.message)) return 'not an answer of this protocol';
  if (cause instanceof TRPCClientError && cause.shape !== undefined && cause.shape !== null) return 'an error without a reason';
  return codeOf(cause) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'more than the panel reads' : null;
}

function codeOf(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

/** The system's code says most; it stands at the end of the chain. */
function reasonOf(chain: readonly unknown[]): string {
  const deepest = chain.findLast((cause) => cause instanceof Error);
  return chain.map(codeOf).findLast((code) => code !== null) ?? deepest?.message ?? 'no answer';
}
