'use client';
// What a change will do on one director.
import type { Touched } from '@weir/model';
import { Copy, Notice, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorPlan, DirectorTraffic } from '../../server/changes/change-view.ts';
import { useFaultText, useFindingText } from '../words/use-fault-text.ts';
import { OperationList } from './operations/operation-list.tsx';
import { usePlanCommands } from './size/use-plan-commands.ts';
import { useShareText, useTouchedText } from './size/use-touched-text.ts';

export interface DirectorPlanPanelProps {
  director: DirectorPlan;
  /** Null: not known. */
  traffic: DirectorTraffic | null;
}

export function DirectorPlanPanel({ director, traffic }: DirectorPlanPanelProps) {
  const t = useTranslations('changes');
  const faultText = useFaultText();
  const commandsOf = usePlanCommands();
  const { plan, error, name } = director;
  if (plan === null) {
    return (
      <Panel title={name}>
        <Notice tone="error" what={t('noPlan', { name })} why={faultText(error)} todo={t('noPlanTodo')} />
      </Panel>
    );
  }
  const empty = plan.operations.length === 0;
  return (
    <Panel
      title={name} sub={<PlanSub director={director} />} padded={false}
      actions={!empty && <Copy value={commandsOf(director)} label={t('copyOf', { name })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />}
    >
      <Findings findings={plan.findings} />
      {!empty && plan.touched !== null && <Touches touched={plan.touched} traffic={traffic} />}
      {empty ? <p className="p-3 text-muted">{t('nothingToDo', { name })}</p> : <OperationList operations={plan.operations} live={plan.touched} withCommands />}
    </Panel>
  );
}

function Touches({ touched: { directorConnections, fates }, traffic }: { touched: Touched; traffic: DirectorTraffic | null }) {
  const t = useTranslations('changes.traffic');
  const text = useTouchedText();
  const shareText = useShareText();
  const share = traffic === null ? t('unknown') : traffic.all === 0 ? t('none') : t('share', { share: shareText(traffic.touched, traffic.all) });
  return <p className="border-b border-line px-3 py-1.5">{text({ live: directorConnections, fates })} <span className="text-muted">{share}</span></p>;
}

function PlanSub({ director }: { director: DirectorPlan }) {
  const t = useTranslations('changes');
  if (director.plan === null) return null;
  const { replaces, operations } = director.plan;
  const count = t('operations', { count: operations.length });
  if (director.leaving) return `${count} · ${t('leaving')}`;
  return replaces === null ? `${count} · ${t('firstRevision')}` : `${count} · ${t('replaces', { revision: replaces })}`;
}

function Findings({ findings }: { findings: NonNullable<DirectorPlan['plan']>['findings'] }) {
  const text = useFindingText();
  const t = useTranslations('changes');
  if (findings.length === 0) return null;
  const refused = findings.some(({ severity }) => severity === 'error');
  return (
    <Notice
      tone={refused ? 'error' : 'warn'}
      className="m-3"
      what={t(refused ? 'cannot' : 'unwise')}
      why={<ul>{[...new Set(findings.map(text))].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
    />
  );
}
