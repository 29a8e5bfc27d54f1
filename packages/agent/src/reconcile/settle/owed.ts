// What the agent itself still has to bring about: after a start all it holds, or what it was at when it ended; later what an override changed. Other drift is a person's matter.
import { endpointKey, endpointOf, isAdoption, isHostOperation, serviceKey } from '@weir/model';
import type { PlanOperation } from '@weir/model';
import type { Scope } from '../plan/director-plan.ts';
import type { Target } from './override-target.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Some eight minutes of them. What is refused for longer is drift, which a person sees and decides on. */
const MOST_TRIES = 14;

function targetKey({ service, endpoint }: Target): string {
  return `${service} ${endpoint}`;
}

function keyOf(operation: PlanOperation): string {
  if (isHostOperation(operation)) return operation.kind === 'setHostSetting' ? `setting ${operation.name}` : `vip ${operation.vip}`;
  const service = serviceKey(operation.service);
  if (isAdoption(operation)) return service;
  const endpoint = endpointOf(operation);
  return endpoint === null ? service : targetKey({ service, endpoint: endpointKey(endpoint) });
}

export class Owed {
  /** What of everything is owed until the first settlement after a start; null after it. */
  #atStart: ((operation: PlanOperation) => boolean) | null = () => true;
  #keys = new Set<string>();
  #failures = 0;

  get nothing(): boolean {
    return this.#atStart === null && this.#keys.size === 0;
  }

  /** Doubles with each settlement that leaves something undone. */
  get retryInMs(): number {
    return Math.min(FIRST_RETRY_MS * 2 ** Math.max(this.#failures - 1, 0), LONGEST_RETRY_MS);
  }

  /** The forwarder has outlived the agent: of what differs only this is the agent's to end, the rest somebody else made. */
  atStartOnly(covered: ((operation: PlanOperation) => boolean) | null): void {
    this.#atStart = covered;
  }

  add(target: Target): void {
    this.#keys.add(targetKey(target));
    this.#failures = 0;
  }

  /** Whether the operation is ours to carry out: about something owed, or about a real server of an owed service. */
  covers(operation: PlanOperation): boolean {
    if (this.#atStart?.(operation) === true || this.#keys.has(keyOf(operation))) return true;
    return !isHostOperation(operation) && this.#keys.has(serviceKey(operation.service));
  }

  /** A person decided about these. */
  forget({ services, vips, settings }: Scope): void {
    const own = [...services, ...[...vips].map((vip) => `vip ${vip}`), ...[...settings].map((name) => `setting ${name}`)];
    const dropped = [...this.#keys].filter((key) => own.some((one) => key === one || key.startsWith(`${one} `)));
    for (const key of dropped) this.#keys.delete(key);
  }

  /** After a settlement: what is left is what it could not do. Says whether that is given up. */
  settled(undone: readonly PlanOperation[]): boolean {
    this.#atStart = null;
    this.#failures = undone.length === 0 ? 0 : this.#failures + 1;
    const givesUp = this.#failures >= MOST_TRIES;
    this.#keys = new Set(givesUp ? [] : undone.map(keyOf));
    return givesUp;
  }

  /** The forwarder as a whole did not answer: all is owed still. */
  failed(): void {
    this.#failures += 1;
  }
}
