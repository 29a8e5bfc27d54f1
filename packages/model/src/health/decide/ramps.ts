// The slow starts of one service, each in proportion to the others: who was back first has the most.
import type { Ramp } from './decision.ts';
import type { DecideInput } from './input.ts';
import { partOf, slowStartMeans, stepOf, upperFor } from './slow-start.ts';
import type { Loaded, Step } from './slow-start.ts';
import { isUsable } from './standings.ts';
import type { RealServerStanding } from './standings.ts';

export interface RampNow extends Ramp {
  readonly share: number;
  readonly weight: number;
  readonly untilMs: number;
}

interface Starting {
  readonly standing: RealServerStanding;
  readonly step: Step | null;
}

/** Like the kernel, which flags a real server from its upper threshold on: the narrower of the two. */
function narrower(upper: number | null, defined: number): number | null {
  return upper === null || defined === 0 ? upper : Math.min(upper, defined);
}

function rampOf(standing: RealServerStanding, step: Step, share: number, others: readonly Loaded[], { service, thresholds, before }: DecideInput): RampNow {
  const { realServer, weight } = standing;
  const means = slowStartMeans(service);
  const cameBackMs = standing.verdict?.cameBackMs ?? 0;
  const last = before?.ramps.get(realServer.id);
  const sameStep = last !== undefined && last.cameBackMs === cameBackMs && last.step === step.number && last.others === others.length;
  const upper = means.thresholds && thresholds ? upperFor(weight, share, others, means.weights) : null;
  return {
    cameBackMs, step: step.number, others: others.length, share, untilMs: step.untilMs,
    weight: means.weights ? partOf(weight, share) : weight,
    upper: sameStep ? last.upper : narrower(upper, realServer.thresholds.upper),
  };
}

/**
 * By the id of the real server; who is not in it has its full share. Where all of them are only just back, they share alike: there is nobody to take
 * the rest. The upper threshold is set when a step begins and stays until it ends, however the connections move.
 */
export function rampsOf(standings: readonly RealServerStanding[], input: DecideInput): ReadonlyMap<string, RampNow> {
  const { health, connectionsOf, nowMs } = input;
  const starting = standings.filter(isUsable).map((standing): Starting => (
    { standing, step: standing.order === null ? stepOf(standing.verdict?.cameBackMs ?? null, health.slowStartSeconds, nowMs) : null }));
  const most = starting.reduce((highest, { step }) => Math.max(highest, step?.share ?? 1), 0);
  const others = starting.filter(({ step }) => (step?.share ?? 1) === most)
    .map(({ standing: { realServer, weight } }): Loaded => ({ weight, connections: connectionsOf(realServer.id) }));
  return new Map(starting.flatMap(({ standing, step }): [string, RampNow][] => (
    step === null || step.share === most ? [] : [[standing.realServer.id, rampOf(standing, step, step.share / most, others, input)]])));
}
