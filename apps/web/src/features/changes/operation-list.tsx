// Operations in their order. A plan of thousands is cut: nobody reads them, and the page must stay quick.
import type { Cost, OperationResult, PlanOperation } from '@weir/model';
import { useTranslations } from 'use-intl';
import { OperationLine } from './operation-line.tsx';

const shownMax = 200;

export interface Shown {
  readonly operation: PlanOperation;
  readonly cost?: Cost | undefined;
  readonly result?: OperationResult | undefined;
}

export function OperationList({ operations }: { operations: readonly Shown[] }) {
  const t = useTranslations('changes');
  return (
    <>
      <ol>
        {operations.slice(0, shownMax).map((shown, index) => (
          // The order is what a plan is; it never changes within one.
          <OperationLine key={index} {...shown} />
        ))}
      </ol>
      {operations.length > shownMax && <p className="px-3 py-2 text-muted">{t('more', { count: operations.length - shownMax })}</p>}
    </>
  );
}
