'use client';
// What one director forwards otherwise than it should, line by line, and what can be done about each; what is ignored stands below.
import { Badge, Button } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { DriftRow, Ignored } from '../../server/drift/drift-view.ts';
import { OperationLine } from '../changes/operations/operation-line.tsx';
import { usePages } from '../changes/operations/use-pages.tsx';
import { NeedsRole } from '../session/person.tsx';
import { When } from '../time/when.tsx';
import { EndIgnoring } from './end-ignoring.tsx';
import { IgnoreDialog } from './ignore-dialog.tsx';

export interface DriftRowsProps {
  directorId: string;
  rows: readonly DriftRow[];
  /** In whose name those who operate all clusters decide on what belongs to none alone. */
  anyClusterId: string | null;
}

export function DriftRows({ directorId, rows, anyClusterId }: DriftRowsProps) {
  const t = useTranslations('drift');
  const open = rows.filter(({ ignored }) => ignored === null);
  const { shown, pages } = usePages(open);
  const ignored = rows.flatMap((row) => (row.ignored === null ? [] : [{ row, ignored: row.ignored }]));
  return (
    <>
      {shown.length > 0 && <ul>{shown.map((row) => <Open key={row.key} directorId={directorId} row={row} clusterId={row.clusterId ?? anyClusterId} />)}</ul>}
      {pages}
      {ignored.length > 0 && (
        <section aria-label={t('ignored')} className="border-t border-line">
          <h3 className="px-3 pt-2 font-medium">{t('ignored')}</h3>
          <ul>{ignored.map((one) => <IgnoredRow key={one.row.key} {...one} />)}</ul>
        </section>
      )}
    </>
  );
}

function Open({ directorId, row, clusterId }: { directorId: string; row: DriftRow; clusterId: string | null }) {
  const t = useTranslations('drift');
  const [asking, setAsking] = useState(false);
  const ignore = clusterId !== null && (
    <NeedsRole needs="operator" clusterId={row.clusterId ?? undefined} silent>
      <Button className="h-7" onClick={() => setAsking(true)}>{t('ignore')}</Button>
      {asking && <IgnoreDialog clusterId={clusterId} directorId={directorId} row={row} onClose={() => setAsking(false)} />}
    </NeedsRole>
  );
  return <OperationLine operation={row.operation} withCommand actions={ignore} />;
}

function IgnoredRow({ row, ignored }: { row: DriftRow; ignored: Ignored }) {
  const t = useTranslations('drift');
  const said = (
    <span className="flex flex-wrap items-center gap-2 text-sm">
      <Badge>{t('ignoredMark')}</Badge>
      <span className="text-muted">{t('ignoredBy', { by: ignored.by, reason: ignored.reason })} <When at={ignored.endsAt} /></span>
      <EndIgnoring clusterId={ignored.clusterId} ofCluster={row.clusterId} id={ignored.id} />
    </span>
  );
  return <OperationLine operation={row.operation} actions={said} />;
}
