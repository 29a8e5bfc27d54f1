'use client';
// The lines for nft that give packets the marks of a cluster's services: shown, for the host's owner to load.
import { markTable, type ClusterDefinition } from '@weir/model';
import { Copy, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';

/** A name that nft takes, and the same for the same cluster. */
function tableName(clusterId: string): string {
  return `weir_${clusterId.replaceAll(/[^A-Za-z0-9_]/g, '_')}`;
}

export function MarkView({ definition, clusterId }: { definition: ClusterDefinition; clusterId: string }) {
  const t = useTranslations('marks');
  const lines = markTable(definition, tableName(clusterId));
  if (lines === null) return null;
  return (
    <Panel title="nft" sub={t('why')} actions={<Copy value={lines} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />}>
      <pre className="font-mono break-words whitespace-pre-wrap">{lines}</pre>
    </Panel>
  );
}
