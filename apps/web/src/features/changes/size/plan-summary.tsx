'use client';
// The head of a review: who wants what why, and what the change as a whole does to live connections.
import { Copy, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ChangePlan } from '../../../server/changes/change-view.ts';
import type { RevisionView } from '../../../server/clusters/cluster-view.ts';
import { When } from '../../time/when.tsx';
import { totalsOf } from './totals.ts';
import { usePlanCommands } from './use-plan-commands.ts';
import { useTouchedText } from './use-touched-text.ts';

export interface PlanSummaryProps {
  plan: ChangePlan;
  /** The one that is planned; null where the cluster has moved on since. */
  revision: Pick<RevisionView, 'author' | 'createdAt' | 'reason'> | null;
}

export function PlanSummary({ plan, revision }: PlanSummaryProps) {
  const t = useTranslations('changes');
  const commandsOf = usePlanCommands();
  const touchedText = useTouchedText();
  const { touched, uncounted } = totalsOf(plan);
  const planned = plan.directors.some((director) => (director.plan?.operations.length ?? 0) > 0);
  const copy = <Copy value={plan.directors.map(commandsOf).join('\n')} label={t('copyAll')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />;
  return (
    <Panel
      title={t('revisionTitle', { revision: plan.revision })}
      sub={revision && <>{revision.author} · <When at={revision.createdAt} /></>}
      actions={planned && copy}
    >
      {revision !== null && <p className="break-words whitespace-pre-wrap">{revision.reason === '' ? t('noReason') : revision.reason}</p>}
      {touched !== null && <p className="font-medium">{touchedText(touched)}</p>}
      {uncounted.length > 0 && <p className="text-muted">{t('uncounted', { names: uncounted.join(', ') })}</p>}
      <p className="text-muted">{t('counted')}</p>
    </Panel>
  );
}
