'use client';
// What the forwarder said after an apply, and what was undone.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Report } from '../../../server/changes/change-view.ts';
import { Mend } from './mend.tsx';
import { OperationList } from '../operations/operation-list.tsx';

/** `stands`: it has not gone back since. */
export function ReadBack({ report, stands }: { report: Report; stands: boolean }) {
  const t = useTranslations('applied');
  const { outcome, accepted } = report;
  const undone = 'undone' in outcome ? outcome.undone : [];
  const remaining = 'remaining' in outcome ? outcome.remaining : [];
  return (
    <div className="border-t border-line">
      {undone.length > 0 && (
        <>
          <h3 className="px-3 pt-2 font-semibold">{t('undone')}</h3>
          <OperationList operations={undone} />
        </>
      )}
      {remaining.length === 0 ? <p className="px-3 py-2 text-muted">{t(outcome.kind === 'rolledBack' || outcome.kind === 'neverBegun' ? 'readBackOld' : 'readBackSame')}</p> : (
        <>
          <Notice tone="warn" className="m-3" what={t('remaining', { count: remaining.length })} />
          <OperationList operations={remaining.map((operation) => ({ operation }))} />
          {outcome.kind === 'rollbackFailed' && <Mend operations={remaining} />}
        </>
      )}
      {stands && <p className="px-3 pb-2 text-muted">{accepted === null ? t('holdsNone') : t('holds', { revision: accepted })}</p>}
    </div>
  );
}
