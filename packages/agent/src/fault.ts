// A request that the agent refuses, and why: the one error that every part of it throws for a caller to read.
import type { AgentFault, AgentFaultCode } from '@weir/protocol';

export class RequestFault extends Error {
  override readonly name = 'RequestFault';
  readonly fault: AgentFault;

  constructor(code: AgentFaultCode, params: AgentFault['params'] = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.fault = { code, params };
  }
}
