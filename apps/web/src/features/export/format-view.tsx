'use client';
// A cluster in one format.
import type { ClusterDefinition } from '@weir/model';
import { exportDefinition, type Format, type Unsaid } from '@weir/model/formats';
import { Button, Copy } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { download } from '../real-server-setup/download.ts';

// More lines are copied and saved, but nobody reads them here.
const linesShown = 2_000;
const unsaidShown = 100;

const endings: Readonly<Record<Format, string>> = { ipvsadm: 'ipvsadm', keepalived: 'keepalived.conf', yaml: 'yaml' };

/** A name that every file system takes. */
function fileNameOf(cluster: string, format: Format): string {
  return `${cluster.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'cluster'}.${endings[format]}`;
}

export function FormatView({ definition, format }: { definition: ClusterDefinition; format: Format }) {
  const t = useTranslations('exporting');
  const { text, unsaid } = useMemo(() => exportDefinition(format, definition), [definition, format]);
  const fileName = fileNameOf(definition.name, format);
  const lines = useMemo(() => text.split('\n'), [text]);
  return (
    <div className="flex flex-col gap-3 p-3">
      {unsaid.length > 0 ? <UnsaidList unsaid={unsaid} /> : <p className="text-muted">{t('all')}</p>}
      {text === '' ? <p className="text-muted">{t('empty')}</p> : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" className="h-auto min-h-8 max-w-full shrink py-1" onClick={() => download(fileName, text, 'text/plain')}>
              <span className="min-w-0 whitespace-normal wrap-anywhere">{t('download', { fileName })}</span>
            </Button>
            <Copy value={text} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />
          </div>
          {lines.length > linesShown && <p className="text-muted">{t('cut', { count: linesShown })}</p>}
          <textarea
            readOnly rows={24} wrap="off" spellCheck={false} aria-label={t('text', { fileName })} value={lines.slice(0, linesShown).join('\n')}
            className="w-full rounded-sm border border-line bg-bg p-2 font-mono text-sm"
          />
        </>
      )}
    </div>
  );
}

function UnsaidList({ unsaid }: { unsaid: readonly Unsaid[] }) {
  const t = useTranslations('exporting');
  const codes = useTranslations('exporting.codes');
  const shown = unsaid.slice(0, unsaidShown);
  return (
    <section aria-label={t('unsaid')} className="rounded-sm border border-line px-3 py-2">
      <h3 className="font-medium">{t('unsaid')}</h3>
      <ul className="list-disc pl-4">
        {shown.map(({ code, path, params }) => <li key={`${code} ${path.join('.')}`}>{codes(code, params)}</li>)}
        {unsaid.length > shown.length && <li className="text-muted">{t('more', { count: unsaid.length - shown.length })}</li>}
      </ul>
    </section>
  );
}
