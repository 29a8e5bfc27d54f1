'use client';
// What a cell shows while nothing is typed in it.
import type { RealServer } from '@weir/model';
import { StatusGlyph, Wire } from '@weir/ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSentence } from '../../cluster-form/fields/form-context.tsx';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import { schedulerText } from '../../words/setting-changes.ts';
import { useMethodText } from '../../words/use-method-text.ts';
import type { TableRow } from '../rows.ts';
import type { ColumnId } from './columns.ts';

export interface CellViewProps {
  row: TableRow;
  column: ColumnId;
  text: string;
  nameOf: (directorId: string) => string;
  found: readonly FormFinding[];
  /** What is typed wrongly, in words; null: nothing is. */
  slip: string | null;
  /** Saving was tried: what is missing is an error by now. */
  asked: boolean;
}

export function CellView({ row, column, text, nameOf, found, slip, asked }: CellViewProps) {
  const validation = useTranslations('validation');
  const form = useTranslations('clusterForm');
  const sentence = useSentence();
  const missing = slip !== null && text === '';
  const wrong = (slip !== null && (!missing || asked)) || found.some(({ severity }) => severity === 'error');
  const said = [...(slip === null || (missing && !asked) ? [] : [slip]), ...found.map(sentence)];
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={said.length > 0 ? said.join('\n') : undefined}>
      <span className={`min-w-0 flex-1 truncate ${wrong ? 'text-down' : ''}`}>
        {missing ? <span className={`font-sans italic ${wrong ? '' : 'text-muted'}`}>{validation('missing')}</span> : <Shown row={row} column={column} text={text} nameOf={nameOf} />}
      </span>
      {said.length > 0 && <StatusGlyph status={wrong ? 'down' : 'degraded'} label={`${form(wrong ? 'error' : 'warning')}: ${said.join(' ')}`} />}
    </span>
  );
}

function Shown({ row, column, text, nameOf }: Pick<CellViewProps, 'row' | 'column' | 'text' | 'nameOf'>): ReactNode {
  const form = useTranslations('clusterForm');
  const canvas = useTranslations('canvas');
  const words = useTranslations('draftTable');
  if (column === 'holder') return text === '' ? <span className="text-muted">{form('nobody')}</span> : nameOf(text);
  if (row.kind === 'realServer') return column === 'method' ? <Method method={row.realServer.method} /> : text;
  const { match, scheduler, realServers } = row.service;
  if (column === 'scheduler') return schedulerText(scheduler);
  if (column === 'name') return <>{text} <span className="font-normal text-muted">{canvas('realServers', { count: realServers.length })}</span></>;
  if (match.kind === 'mark' && column === 'address') return <><span className="text-muted">fwm {Number.isNaN(match.mark) ? '…' : match.mark}</span> {text}</>;
  return match.kind === 'mark' && column === 'port' && text === '' ? <span className="font-sans text-muted">{words('everyPort')}</span> : text;
}

function Method({ method }: Pick<RealServer, 'method'>) {
  const methods = useTranslations('methods');
  const methodText = useMethodText();
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className="flex"><Wire method={method.kind} label={methods(method.kind)} /></span><span className="truncate">{methodText(method)}</span>
    </span>
  );
}
