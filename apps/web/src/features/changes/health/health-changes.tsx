'use client';
// What an apply changes of health, before its operations: of each service in one line what begins, changes or ends.
import type { ServiceHealth } from '@weir/model';
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { PlannedHealth } from '../../../server/changes/planning/planned-health.ts';
import { useReactionText } from '../../health/form/reaction-sentence.tsx';
import { checkText, probeText, reactionText, secondsText } from '../../words/health-text.ts';

type Change = PlannedHealth['changes'][number];

const signs = { begins: ['+', 'text-up'], changes: ['~', ''], ends: ['−', 'text-down'] } as const;

function kindOf({ before, after }: Change): keyof typeof signs {
  return before === null ? 'begins' : after === null ? 'ends' : 'changes';
}

export function HealthChanges({ health: { changes, unknownOn } }: { health: PlannedHealth }) {
  const t = useTranslations('changes.health');
  const text = useChangeText();
  if (changes.length === 0 && unknownOn.length === 0) return null;
  return (
    <Panel title={t('title')} sub={t('why')} padded={false}>
      <ul>
        {changes.map((change) => {
          const kind = kindOf(change);
          const [sign, colour] = signs[kind];
          return (
            <li key={`${change.serviceId} ${change.on?.join() ?? ''}`} className="flex gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
              <span aria-hidden="true" className={`font-mono ${colour}`}>{sign}</span>
              <span className="min-w-0 break-words">{change.on !== null && <span className="font-medium">{t('on', { directors: change.on.join(', ') })} </span>}{text(change)}</span>
            </li>
          );
        })}
        {unknownOn.length > 0 && <li className="px-3 py-1.5 text-warn">{t('unknownOn', { directors: unknownOn.join(', ') })}</li>}
      </ul>
    </Panel>
  );
}

function useChangeText(): (change: Change) => string {
  const t = useTranslations('changes.health');
  const reaction = useReactionText();
  const asked = ({ checks }: ServiceHealth): string => checks
    .map(({ probe, port, intervalMs }) => t('asked', { asked: port === null ? probeText(probe) : `${probeText(probe)} port ${port}`, every: secondsText(intervalMs) })).join(t('and'));
  const effect = (health: ServiceHealth): string => [reaction(health)?.down, health.first === 'down' && t('firstDown')].filter((word) => typeof word === 'string').join(' ');
  return ({ service, before, after }) => {
    if (after === null) return before === null ? '' : t('ends', { service, asked: asked(before) });
    if (before === null) return t('begins', { service, asked: asked(after), effect: effect(after) });
    return t('changes', { service, facts: factsOf(before, after).map(([was, is]) => t('fact', { was, is })).join(t('and')) || t('hidden'), effect: effect(after) });
  };
}

/** The checks that differ, and what their answers do where that differs; none where what differs is not shown. */
function factsOf(before: ServiceHealth, after: ServiceHealth): [was: string, is: string][] {
  const [old, young] = [before, after].map(({ checks }) => checks.map(checkText));
  const gone = (old ?? []).filter((check) => young?.includes(check) !== true).join('; ');
  const come = (young ?? []).filter((check) => old?.includes(check) !== true).join('; ');
  const facts: [string, string][] = [[gone || '—', come || '—'], [reactionText(before), reactionText(after)]];
  return facts.filter(([was, is]) => was !== is);
}
