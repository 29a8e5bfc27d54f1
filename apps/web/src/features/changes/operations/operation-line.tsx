'use client';
// One operation: its sign, what it does, the command that does the same, what it costs, and, once tried, what it came to.
import { commandOf, isOfProxied, type Cost, type OperationResult, type PlanOperation } from '@weir/model';
import { StatusGlyph, type Status } from '@weir/ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { signOf, useCostText, useOperationText, type OperationSign } from '../../words/use-operation-text.ts';
import { useShareText } from '../size/use-touched-text.ts';

// A change is not on the wire yet while it is a plan: violet is the colour of that.
const colours: Record<OperationSign, string> = { '+': 'text-up', '~': 'text-draft', '−': 'text-down' };

const results: Record<OperationResult['status'], Status> = { done: 'up', failed: 'down', skipped: 'unknown' };

/** The live connections that a share is of. */
export interface LiveConnections {
  readonly directorConnections: number;
  readonly clusterConnections: number;
}

export interface OperationLineProps {
  operation: PlanOperation;
  cost?: Cost | undefined;
  /** Null where the director does not count them. */
  live?: LiveConnections | null | undefined;
  result?: OperationResult | undefined;
  withCommand?: boolean | undefined;
  actions?: ReactNode;
}

export function OperationLine({ operation, cost, live = null, result, withCommand = false, actions }: OperationLineProps) {
  const text = useOperationText();
  const sign = signOf(operation);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-3 py-1.5 last:border-b-0">
      <span className="min-w-0 flex-1 basis-80">
        <span className={`block font-mono break-words ${result === undefined ? colours[sign] : ''}`}>
          <span className={colours[sign]}>{sign}</span> {text(operation)}
        </span>
        {withCommand && <Command operation={operation} />}
      </span>
      {cost && <CostOf cost={cost} live={live} />}
      {result && <Result result={result} />}
      {actions}
    </li>
  );
}

function Command({ operation }: { operation: PlanOperation }) {
  const t = useTranslations('changes');
  const command = commandOf(operation);
  return command === null
    ? <span className="block pl-4 text-sm text-muted">{t(isOfProxied(operation) ? 'noMethod' : 'noCommand')}</span>
    : <code className="block pl-4 font-mono text-sm break-words text-muted">{command}</code>;
}

function CostOf({ cost, live }: { cost: Cost; live: LiveConnections | null }) {
  const t = useTranslations('changes.share');
  const costText = useCostText();
  const shareText = useShareText();
  const share = live === null || cost.connections === 0 ? null : {
    ofDirector: shareText(cost.connections, live.directorConnections), ofCluster: shareText(cost.connections, live.clusterConnections),
  };
  return <span className="text-sm text-muted">{share === null ? costText(cost) : `${costText(cost)} · ${t('of', share)}`}</span>;
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
