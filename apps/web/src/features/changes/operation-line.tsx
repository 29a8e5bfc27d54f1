'use client';
// One operation: its sign, what it does, what it costs, and, once tried, what it came to.
import type { Cost, OperationResult, PlanOperation } from '@weir/model';
import { StatusGlyph, type Status } from '@weir/ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { signOf, useCostText, useOperationText, type OperationSign } from '../words/use-operation-text.ts';

// A change is not on the wire yet while it is a plan: violet is the colour of that.
const colours: Record<OperationSign, string> = { '+': 'text-up', '~': 'text-draft', '−': 'text-down' };

const results: Record<OperationResult['status'], Status> = { done: 'up', failed: 'down', skipped: 'unknown' };

export interface OperationLineProps {
  operation: PlanOperation;
  cost?: Cost | undefined;
  result?: OperationResult | undefined;
}

export function OperationLine({ operation, cost, result }: OperationLineProps) {
  const text = useOperationText();
  const costText = useCostText();
  const sign = signOf(operation);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3 py-1.5 last:border-b-0">
      <span className={`min-w-0 flex-1 basis-80 font-mono break-words ${result === undefined ? colours[sign] : ''}`}>
        <span className={colours[sign]}>{sign}</span> {text(operation)}
      </span>
      {cost && <span className="text-sm text-muted">{costText(cost)}</span>}
      {result && <Result result={result} />}
    </li>
  );
}

function Result({ result }: { result: OperationResult }): ReactNode {
  const t = useTranslations('results');
  return (
    <span className="text-sm">
      <StatusGlyph status={results[result.status]} label={t(`status.${result.status}`)} showLabel />
      {result.status === 'skipped' && result.why !== null && <span className="text-muted">{` ${t(`untried.${result.why}`)}`}</span>}
      {result.status === 'failed' && (
        <span className="text-down">
          {` ${t(`faults.${result.fault.code}`)}: ${result.fault.message}${result.fault.errno === null ? '' : ` (${result.fault.errno})`}`}
        </span>
      )}
    </span>
  );
}
