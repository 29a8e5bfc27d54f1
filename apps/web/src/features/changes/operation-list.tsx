'use client';
// Operations in their order, page by page where there are many: the page must stay quick.
import type { Cost, OperationResult, PlanOperation } from '@weir/model';
import { Button } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { OperationLine, type LiveConnections } from './operation-line.tsx';

const onePage = 100;

export interface Shown {
  readonly operation: PlanOperation;
  readonly cost?: Cost | undefined;
  readonly result?: OperationResult | undefined;
}

export interface OperationListProps {
  operations: readonly Shown[];
  live?: LiveConnections | null | undefined;
  withCommands?: boolean | undefined;
}

export function OperationList({ operations, live, withCommands }: OperationListProps) {
  const [asked, setAsked] = useState(0);
  const last = Math.max(0, Math.ceil(operations.length / onePage) - 1);
  const page = Math.min(asked, last);
  const first = page * onePage;
  return (
    <>
      <ol start={first + 1}>
        {operations.slice(first, first + onePage).map((shown, index) => (
          // The order is what a plan is; it never changes within one.
          <OperationLine key={first + index} {...shown} live={live} withCommand={withCommands} />
        ))}
      </ol>
      {last > 0 && <Pages first={first} count={operations.length} onFirst={(next) => setAsked(next / onePage)} />}
    </>
  );
}

function Pages({ first, count, onFirst }: { first: number; count: number; onFirst: (first: number) => void }) {
  const t = useTranslations('changes');
  const end = Math.min(first + onePage, count);
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-1.5">
      <output className="text-muted">{t('pageOf', { first: first + 1, last: end, count })}</output>
      <Button className="h-7" disabled={first === 0} onClick={() => onFirst(first - onePage)}>{t('pageBefore')}</Button>
      <Button className="h-7" disabled={end === count} onClick={() => onFirst(first + onePage)}>{t('pageAfter')}</Button>
    </div>
  );
}
