'use client';
// What each director answered to an order, for itself.
import { Notice, StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { OverrideAnswer } from '../../../server/overrides/override-view.ts';
import { useFaultText } from '../../words/use-fault-text.ts';
import { isAcknowledged } from '../use-overrides.ts';

export function Answers({ answers }: { answers: readonly OverrideAnswer[] }) {
  const t = useTranslations('overrides');
  return (
    <Notice
      tone="warn" what={t('partly')} todo={t('partlyTodo')}
      why={<ul>{answers.map((answer) => <li key={answer.directorId}><Answer answer={answer} /></li>)}</ul>}
    />
  );
}

function Answer({ answer }: { answer: OverrideAnswer }) {
  const t = useTranslations('overrides');
  const faultText = useFaultText();
  const { name, ordered, acknowledged, error, drift } = answer;
  if (!isAcknowledged(answer)) {
    const some = ordered === null || acknowledged === 0 ? '' : ` ${t('some', { acknowledged, ordered })}`;
    return <><StatusGlyph status="down" label={t('notHeld')} /> {name}: {error === null ? t('notHeld') : faultText(error)}{some}</>;
  }
  return (
    <>
      <StatusGlyph status="up" label={t('held')} /> {name}: {t('held')}
      {drift !== null && drift > 0 && ` · ${t('drifts', { count: drift })}`}
    </>
  );
}
