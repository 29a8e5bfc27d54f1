'use client';
// The command that prints an enrolment code, to take along to the host.
import { Copy } from '@weir/ui';
import { useTranslations } from 'use-intl';

export function PrintCode({ text, command }: { text: string; command: string }) {
  const t = useTranslations('enrol');
  return (
    <div>
      <p className="text-sm text-muted">{text}</p>
      <p className="flex items-center gap-1">
        <code className="min-w-0 break-words">{command}</code>
        <Copy value={command} label={t('copyCommand')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </p>
    </div>
  );
}
