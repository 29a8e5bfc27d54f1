'use client';
// The script of a real server's host: how it is called, and its text to copy or to save.
import { realServerScript, scriptFileName, type ScriptInput } from '@weir/model';
import { Button, Copy } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { download } from './download.ts';

const commands = ['check', 'apply', 'undo'] as const;

export function ScriptView({ input }: { input: ScriptInput }) {
  const t = useTranslations('hostSetup');
  const script = useMemo(() => realServerScript(input), [input]);
  const fileName = scriptFileName(input.needs);
  return (
    <div className="flex flex-col gap-3 p-3">
      <dl className="grid gap-x-3 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {commands.map((command) => (
          <div key={command} className="contents">
            <dt className="font-mono break-all">sh {fileName} {command}</dt>
            <dd className="text-muted">{t(`commands.${command}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" onClick={() => download(fileName, script, 'text/x-shellscript')}>{t('save', { fileName })}</Button>
        <Copy value={script} label={t('copyScript')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />
      </div>
      <textarea readOnly rows={20} wrap="off" spellCheck={false} aria-label={fileName} value={script} className="w-full rounded-sm border border-line bg-bg p-2 font-mono text-sm" />
    </div>
  );
}
