'use client';
// What one director did.
import { Badge, durationText, Notice, Panel, StatusGlyph } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';
import { LinkButton } from '../../states/link-button.tsx';
import { useFaultText } from '../../words/use-fault-text.ts';
import { confirmationGlyph } from '../confirm/confirmation-glyph.ts';
import { WentBackPart } from '../confirm/went-back.tsx';
import { glyphOf, outcomeOf } from './outcome.ts';
import { OperationList } from '../operations/operation-list.tsx';
import { ReadBack } from './read-back.tsx';

export function AppliedDirector({ director, clusterId }: { director: ApplyDirectorView; clusterId: string }) {
  const t = useTranslations('applied');
  const locale = useLocale();
  const outcome = outcomeOf(director);
  const { report, refused, planned } = director;
  return (
    <Panel
      title={director.name}
      padded={false}
      sub={report && t('took', { span: durationText(report.finishedAtMs - report.startedAtMs, locale) })}
      actions={(
        <div className="flex gap-3">
          <output><StatusGlyph status={glyphOf[outcome]} label={t(`outcomes.${outcome}`)} showLabel /></output>
          <ConfirmationMark director={director} />
        </div>
      )}
    >
      <Why director={director} />
      {report?.outcome.kind === 'rollbackFailed' && director.confirmation === 'waiting' && <Notice tone="warn" className="m-3" what={t('rollbackWaits', { revision: report.revision })} />}
      {report !== null && <OperationList operations={report.steps} />}
      {report === null && refused === null && <OperationList operations={planned} />}
      {report !== null && <ReadBack report={report} stands={director.wentBack === null} />}
      {director.wentBack !== null && <WentBackPart how={director.wentBack} />}
      {refused !== null && (
        <>
          <p className="flex items-center gap-2 px-3 py-2"><Badge tone="draft">{t('newPlan')}</Badge></p>
          <OperationList operations={refused.plan.operations} />
          <div className="p-3"><LinkButton href={`/clusters/${clusterId}/change`} variant="primary">{t('reviewAgain')}</LinkButton></div>
        </>
      )}
    </Panel>
  );
}

function ConfirmationMark({ director: { confirmation } }: { director: ApplyDirectorView }) {
  const t = useTranslations('confirm.states');
  return confirmation && <StatusGlyph status={confirmationGlyph[confirmation]} label={t(confirmation)} showLabel />;
}

function Why({ director }: { director: ApplyDirectorView }) {
  const t = useTranslations('applied');
  const faultText = useFaultText();
  const { state, askedAgain, error, refused } = director;
  if (refused !== null) return <Notice tone="warn" className="m-3" what={t('refused')} why={t(`refusedWhy.${refused.why}`)} />;
  if (state === 'unknown') {
    return <Notice tone="warn" className="m-3" what={t('unknown')} why={error === null ? undefined : faultText(error)} todo={askedAgain ? t('unknownTodo') : undefined} />;
  }
  if (error !== null) return <Notice tone="error" className="m-3" what={t('notDone')} why={faultText(error)} />;
  return null;
}
