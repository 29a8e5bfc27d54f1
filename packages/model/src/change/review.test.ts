// What a person reviews, in texts that a network engineer reads: each step as the command it equals, with what it does to live connections.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HostOperation } from '../host/host.ts';
import type { HostPlan } from '../host/plan-host.ts';
import { serviceKey } from '../table/table.ts';
import { readTables } from '../testing/scenario.ts';
import { commandOf } from './commands/command.ts';
import { costsOf } from './cost/cost.ts';
import { directorPlan } from './director-plan.ts';
import { exceedsLimit } from './cost/limit.ts';
import { plan } from './plan.ts';
import { touchedBy } from './cost/touched.ts';

const folder = new URL('reviews/', import.meta.url);
const kernel = { removal: 'stall' } as const;

/** `+ VIP dev IF`, `- VIP dev IF`, `NAME: BEFORE -> AFTER`: what the host needs of it. */
function hostStep(line: string): HostOperation {
  const setting = /^(\S+): (\S+) -> (\S+)$/.exec(line);
  if (setting !== null) return { kind: 'setHostSetting', name: setting[1] ?? '', before: setting[2] ?? '', after: setting[3] ?? '' };
  const [sign, vip = '', , device = ''] = line.split(' ');
  return { kind: sign === '+' ? 'addVip' : 'removeVip', vip, interface: device };
}

function hostPlanOf(lines: readonly string[]): HostPlan {
  const steps = lines.map(hostStep);
  const of = (kind: HostOperation['kind']): HostOperation[] => steps.filter((step) => step.kind === kind);
  return { settings: of('setHostSetting'), added: of('addVip'), removed: of('removeVip') };
}

describe('a review', () => {
  it.each(readdirSync(folder))('%s', (file) => {
    const { actual, wanted, rest: [host = [], planned = [], [touches] = []] } = readTables(readFileSync(new URL(file, folder), 'utf8'));
    const operations = directorPlan(plan(wanted, actual), hostPlanOf(host));
    const costs = costsOf(operations, actual, kernel);
    expect(operations.map((operation, at) => {
      const { fate, connections } = costs[at] ?? { fate: 'none', connections: 0 };
      return `${commandOf(operation) ?? 'no command'}${fate === 'none' ? '' : `  # ${connections} ${fate}`}`;
    })).toEqual(planned);
    const touched = touchedBy(operations, actual, kernel, new Set(wanted.services.map(({ address }) => serviceKey(address))));
    const { directorConnections, clusterConnections, fates: { stay, drain, stall, reset } } = touched;
    expect(`${drain + stall + reset} of ${directorConnections}, ${clusterConnections} of the cluster: ${drain} drain, ${stall} stall, ${reset} reset, ${stay} stay; ${exceedsLimit([{ operations, touched }]) ? 'above' : 'within'} the limit`)
      .toEqual(touches);
  });
});
