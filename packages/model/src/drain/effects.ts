// What a drain means on one director as it is set: for clients that a persistent service remembers, and for those who are left at the deadline. Pure.
import type { KernelState } from '../kernel/kernel-state.ts';
import type { Capabilities } from '../table/capabilities.ts';

export interface DrainEffects {
  /** `stay`: remembered clients still reach a real server of weight 0; `move`: they are given to another at their next connection. Null: not known. */
  readonly remembered: 'stay' | 'move' | null;
  /** `reset`: who is left is told at the next packet; `stall`: their packets are dropped without a word. */
  readonly removal: Capabilities['removal'];
  /** The command that makes remembered clients move, in every service of this director; null where they do, or nothing like it is known. */
  readonly moveCommand: string | null;
}

const SETTING = 'expire_quiescent_template';

/** `kernel` null: the forwarder is not the kernel's, or does not say. */
export function drainEffects({ driver, removal }: Pick<Capabilities, 'driver' | 'removal'>, kernel: Pick<KernelState, 'settings'> | null): DrainEffects {
  // The proxy's templates go by the kernel's default.
  if (driver === 'proxy') return { remembered: 'stay', removal, moveCommand: null };
  const value = kernel?.settings.find(({ name }) => name === SETTING)?.value ?? null;
  if (value === null) return { remembered: null, removal, moveCommand: null };
  const stays = value === '0';
  return { remembered: stays ? 'stay' : 'move', removal, moveCommand: stays ? `sysctl -w net.ipv4.vs.${SETTING}=1` : null };
}
