'use client';
// What was seen, as it was said: folded away, and copied with one click.
import { Copy } from '@weir/ui';
import { useTranslations } from 'use-intl';

export function Evidence({ evidence }: { evidence: unknown }) {
  const t = useTranslations('eventList');
  const states = useTranslations('states');
  if (evidence === null || evidence === undefined) return null;
  const text = typeof evidence === 'string' ? evidence : JSON.stringify(evidence, null, 2);
  return (
    <details className="max-w-full text-sm open:order-last open:basis-full">
      <summary className="min-h-6 cursor-pointer text-muted max-md:min-h-10 max-md:py-2.5">{t('evidence')}</summary>
      <pre className="my-1 rounded-sm border border-line p-2 font-mono break-all whitespace-pre-wrap">{text}</pre>
      <Copy value={text} label={t('copyEvidence')} copiedLabel={states('copied')} failedLabel={states('copyFailed')} showLabel />
    </details>
  );
}
