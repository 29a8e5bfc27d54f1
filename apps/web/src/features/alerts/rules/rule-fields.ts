// A rule as the fields of a form: numbers as they are typed, quiet hours beside whether there are any.
import { z } from 'zod';
import { AlertRule, type AlertRuleKind } from '../../../alerts/alert.ts';

/** What is no number stays none, for the schema to refuse. */
export function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

const Quiet = z.object({ days: z.array(z.string()), from: z.string(), to: z.string(), timeZone: z.string() });

const Fields = z.object({
  on: z.boolean(), forSeconds: z.string(), days: z.string(), everyCluster: z.boolean(), clusterIds: z.array(z.string()),
  quiet: z.boolean(), quietHours: Quiet, groupSeconds: z.string(), channelIds: z.array(z.string()),
});
export type RuleFields = z.infer<typeof Fields>;

/** An empty time is missing, and no wrong one. */
const timeIn = (text: string): string | undefined => (text === '' ? undefined : text);

export function ruleForm(kind: AlertRuleKind) {
  return Fields.transform(({ quiet, quietHours, everyCluster, ...fields }) => ({
    kind, on: fields.on, forSeconds: numberIn(fields.forSeconds), days: kind === 'certificateEnding' ? numberIn(fields.days) : null,
    clusterIds: everyCluster ? null : fields.clusterIds,
    quietHours: quiet ? { days: quietHours.days.map(Number).toSorted((a, b) => a - b), from: timeIn(quietHours.from), to: timeIn(quietHours.to), timeZone: quietHours.timeZone.trim() } : null,
    groupSeconds: numberIn(fields.groupSeconds), channelIds: fields.channelIds,
  // What is missing or no number is refused by the rule's own schema.
  }) as z.input<typeof AlertRule>).pipe(AlertRule);
}

/** What quiet hours begin with, where there are none: nights. */
const nights = { days: ['1', '2', '3', '4', '5'], from: '22:00', to: '07:00' };

/** `timeZone`: the browser's, for a rule that has none yet. */
export function fieldsOf({ on, forSeconds, days, clusterIds, quietHours, groupSeconds, channelIds }: AlertRule, timeZone: string): RuleFields {
  return {
    on, forSeconds: String(forSeconds), days: days === null ? '' : String(days), everyCluster: clusterIds === null, clusterIds: clusterIds ?? [],
    quiet: quietHours !== null, quietHours: quietHours === null ? { ...nights, timeZone } : { ...quietHours, days: quietHours.days.map(String) },
    groupSeconds: String(groupSeconds), channelIds,
  };
}
