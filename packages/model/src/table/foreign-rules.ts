// What a forwarder has beside what Weir made: services of others, and rules that Weir has no words for, as `ipvsadm -Sn` writes them.
import { z } from 'zod';
import { ipvsadmCommand } from '../change/commands/ipvsadm.ts';
import type { Operation } from '../change/operation.ts';
import { line } from '../definition/text.ts';
import { BeyondWords, endpointKey, serviceKey } from './table.ts';
import type { ActualService, ActualTable } from './table.ts';

/** `why`: what of it Weir has no words for; null where it could be Weir's but is not. */
export const ForeignRule = z.strictObject({ is: z.enum(['service', 'realServer']), text: line(500), why: BeyondWords.nullable() });
export type ForeignRule = z.infer<typeof ForeignRule>;

/** Nobody reads more of them. */
export const FOREIGN_SHOWN_MAX = 1_000;

/** The first of the rules, and how many there are. */
export const ForeignRules = z.strictObject({ rules: z.array(ForeignRule).max(FOREIGN_SHOWN_MAX), count: z.int().min(0) });
export type ForeignRules = z.infer<typeof ForeignRules>;

const program = 'ipvsadm ';

/** What ipvsadm cannot say is named by what it is. */
function textOf(operation: Operation, key: string): string {
  return ipvsadmCommand(operation)?.slice(program.length) ?? key;
}

/** By which a person names it. */
export function foreignServiceText({ address: service, settings }: ActualService): string {
  return textOf({ kind: 'addService', service, settings }, serviceKey(service));
}

function rulesOf(foreign: ActualService): ForeignRule[] {
  const { address: service, realServers } = foreign;
  return [
    { is: 'service', text: foreignServiceText(foreign), why: null },
    ...realServers.map(({ endpoint, settings: said }): ForeignRule => ({
      is: 'realServer', text: textOf({ kind: 'addRealServer', service, realServer: { endpoint, settings: said } }, `${serviceKey(service)} -> ${endpointKey(endpoint)}`), why: null,
    })),
  ];
}

export function foreignRules({ services, others }: ActualTable): ForeignRules {
  const foreign = services.filter((service) => service.foreign);
  const count = foreign.reduce((sum, { realServers }) => sum + 1 + realServers.length, others.length);
  const rules: ForeignRule[] = others.slice(0, FOREIGN_SHOWN_MAX).map(({ is, text, why }) => ({ is, text, why }));
  for (const service of foreign) {
    if (rules.length >= FOREIGN_SHOWN_MAX) break;
    rules.push(...rulesOf(service));
  }
  return { rules: rules.slice(0, FOREIGN_SHOWN_MAX), count };
}
