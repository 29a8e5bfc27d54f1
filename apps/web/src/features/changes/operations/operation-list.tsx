'use client';
// Operations in their order, page by page where there are many: the page must stay quick.
import type { Cost, OperationResult, PlanOperation } from '@weir/model';
import { OperationLine, type LiveConnections } from './operation-line.tsx';
import { usePages } from './use-pages.tsx';

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
  const { first, shown: page, pages } = usePages(operations);
  return (
    <>
      <ol start={first + 1}>
        {page.map((shown, index) => (
          // The order is what a plan is; it never changes within one.
          <OperationLine key={first + index} {...shown} live={live} withCommand={withCommands} />
        ))}
      </ol>
      {pages}
    </>
  );
}
