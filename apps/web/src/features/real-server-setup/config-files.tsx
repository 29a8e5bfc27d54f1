'use client';
// The files of a persistent configuration, each with its path, to be copied.
import type { ConfigFile, PersistentConfig } from '@weir/model';
import { Copy } from '@weir/ui';
import { useTranslations } from 'use-intl';

export function ConfigFiles({ config, rip }: { config: PersistentConfig; rip: string }) {
  const t = useTranslations('hostSetup');
  return (
    <div className="flex flex-col">
      {config.byScript.length > 0 && <p className="px-3 pt-3">{t('byScript', { what: config.byScript.join(', ') })}</p>}
      {config.files.map((file) => <OneFile key={`${file.path} ${file.text}`} file={file} rip={rip} />)}
    </div>
  );
}

function OneFile({ file: { path, whole, text }, rip }: { file: ConfigFile; rip: string }) {
  const t = useTranslations('hostSetup');
  const name = path ?? t('interfaceFile', { rip });
  return (
    <section aria-label={name} className="border-b border-line p-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3">
        <h3 className={`min-w-0 font-medium break-all ${path === null ? '' : 'font-mono'}`}>{name}</h3>
        {!whole && <span className="text-sm text-muted">{t('added')}</span>}
        <Copy value={text} label={t('copyFile', { name })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </div>
      <pre className="mt-1 font-mono break-words whitespace-pre-wrap">{text}</pre>
    </section>
  );
}
