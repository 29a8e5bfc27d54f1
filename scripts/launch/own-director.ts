// The director that comes with a Weir: its agent, and the code by which the panel takes it on.
import type { StartOptions } from '../setup/options/options.mjs';
import { enrolCodeOf, isEnrolled } from './enrolment.ts';
import { bundles, type Layout } from './layout.ts';
import type { Part } from './part.ts';
import { agentAddress, agentPart } from './parts.ts';

export interface OwnDirector {
  /** In the order in which they start; each stands on the one before. */
  readonly parts: readonly Part[];
  isEnrolled(): Promise<boolean>;
  enrolCode(): Promise<string>;
  /** What a person who came this far needs to know of it. */
  introduction(): string;
  /** From when all runs until `signal`; resolves when a person wishes to end it. */
  attend(signal: AbortSignal): Promise<void>;
}

export type MakeDirector = (options: StartOptions, layout: Layout) => OwnDirector;

/** On this host, as a proxy: it needs no rights. */
export function localDirector(options: StartOptions, layout: Layout): OwnDirector {
  const enrolment = { agentFile: bundles.agent, agentDataDir: layout.agent, address: agentAddress(options.agentPort) };
  return {
    parts: [agentPart(layout, options.agentPort)],
    isEnrolled: () => isEnrolled(enrolment),
    enrolCode: () => enrolCodeOf(enrolment),
    introduction: () => '',
    attend: () => new Promise(() => undefined),
  };
}
