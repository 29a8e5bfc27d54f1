'use client';
// Below the table: what is said about the cell where the keyboard is, in whole sentences, with its mend where there is one.
import { Button, StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useSentence } from '../../cluster-form/fields/form-context.tsx';
import { useMend } from '../../cluster-form/fields/use-mend.ts';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import { slipsIn, type FoundAt } from '../cells/cell-marks.ts';
import type { ColumnId } from '../cells/columns.ts';
import type { TableRow } from '../rows.ts';

export interface StatusLineProps {
  row: TableRow | null;
  column: ColumnId | null;
  found: FoundAt | undefined;
}

const none: readonly FormFinding[] = [];

export function StatusLine({ row, column, found }: StatusLineProps) {
  const t = useTranslations('draftTable');
  const form = useTranslations('clusterForm');
  const validation = useTranslations('validation');
  const sentence = useSentence();
  const mend = useMend();
  const slip = row === null || column === null ? undefined : slipsIn(row).get(column);
  const here = column === null ? none : found?.get(column) ?? none;
  return (
    <div aria-live="polite" className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-3 py-1 text-sm">
      {slip !== undefined && <span className="text-muted">{validation(slip.key, slip.params)}</span>}
      {here.map((finding) => (
        <span key={`${finding.code} ${finding.director ?? ''} ${JSON.stringify(finding.params)}`} className="flex items-center gap-1.5">
          <StatusGlyph status={finding.severity === 'error' ? 'down' : 'degraded'} label={form(finding.severity)} />
          <span className={finding.severity === 'error' ? 'text-down' : ''}>{sentence(finding)}</span>
          {finding.mendable && <Button className="h-6" aria-label={form('mendThis', { finding: sentence(finding) })} onClick={() => mend(finding)}>{form('mend')}</Button>}
        </span>
      ))}
      {slip === undefined && here.length === 0 && <span className="text-muted">{t('hint')}</span>}
    </div>
  );
}
